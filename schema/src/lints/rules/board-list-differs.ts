/**
 * What fills a field of the board draws its codes from that field's list: the codes are copied as they are.
 * @see schema/directives.graphql @notice(category:), @deal(category:)
 */
import type { WireField } from '../../contract.ts';
import { type MappedField, mappedFieldsOf } from '../board-mappings.ts';
import type { Lint } from '../lint.ts';

export const boardListDiffers: Lint = {
  code: 'BOARD_LIST_DIFFERS',
  find: (law) =>
    mappedFieldsOf(law).flatMap((mapped) =>
      otherLists(mapped).map(([wanted, found]) => ({
        ...mapped.place,
        zh: `@${mapped.board} 的 ${mapped.argument} 取自 ${mapped.name}，它的代码表是 ${found}，公告板的却是 ${wanted}。代码原样抄过去，会成为另一个意思；请改取代码表为 ${wanted} 的字段。`,
        en: `${mapped.argument} of @${mapped.board} takes ${mapped.name}, whose codes are of ${found}, and the board's are of ${wanted}. Copied as they are, they would mean something else; take a field with the list ${wanted}.`,
      })),
    ),
};

/** Wanted and found, for each part that has another list. */
function otherLists({ argument, field, target }: MappedField): readonly (readonly [string, string])[] {
  // What decides a stage or a state has codes of its own.
  if (field === undefined || target?.name !== argument) return [];
  return target.wire.flatMap(({ part, list }) => {
    const found = listOf(field.wire, part);
    return list === undefined || found === undefined || found === list ? [] : [[list, found] as const];
  });
}

function listOf(wire: readonly WireField[], part: string | undefined): string | undefined {
  return wire.find((candidate) => candidate.part === part)?.list;
}
