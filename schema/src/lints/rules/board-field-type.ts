/**
 * What fills a field of the board has that field's type: the wire form is copied as it is.
 * @see schema/directives.graphql @notice, @deal
 */
import type { Field } from '../../contract.ts';
import { identifierScalars } from '../../decode/index-value.ts';
import { type MappedField, mappedFieldsOf } from '../board-mappings.ts';
import type { Lint } from '../lint.ts';

const several: ReadonlySet<string> = new Set(['lot', 'lots']);
const single: ReadonlySet<string> = new Set(['lotIn', 'lotsIn', 'project']);

export const boardFieldType: Lint = {
  code: 'BOARD_FIELD_TYPE',
  find: (law) =>
    mappedFieldsOf(law)
      .filter(({ field }) => field !== undefined && field.wire.length > 0)
      .filter((mapped) => !fits(mapped))
      .map(({ place, board, argument, name, target }) => ({
        ...place,
        zh: `@${board} 的 ${argument} 取自 ${name}，类型与公告板的 ${target?.name ?? '编号'} 不符。值是原样抄过去的，那边会读不出；请改取同类型的字段。`,
        en: `${argument} of @${board} takes ${name}, whose type is not that of the board's ${target?.name ?? 'code'}. The wire form is copied as it is and would be unreadable there; take a field of the same type.`,
      })),
};

function fits({ argument, field, target }: MappedField): boolean {
  if (field === undefined) return true;
  // Rows of several lots speak of each of them; several projects cannot be looked up.
  if (several.has(argument)) return isCodeText(field);
  if (single.has(argument)) return isCodeText(field) && !field.list;
  if (argument === 'opensUnless') return !field.list;
  return target === undefined || (isOfType(field, target) && (target.list || !field.list));
}

/** A day may stand where an instant is wanted: the wire form says which it is, and a day is over at its end. */
function isOfType({ graphType }: Field, target: Field): boolean {
  return graphType === target.graphType || (graphType === 'Date' && target.graphType === 'DateTime');
}

function isCodeText({ graphType }: Field): boolean {
  return graphType === 'String' || identifierScalars.has(graphType);
}
