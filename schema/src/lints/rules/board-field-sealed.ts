/**
 * Nothing sealed reaches the board: its notices and deals are read before the seal ends.
 * @see schema/directives.graphql @notice, @deal; design/graph.md «Who sees what»
 */
import { type MappedField, mappedFieldsOf } from '../board-mappings.ts';
import type { Lint } from '../lint.ts';

/** Of a row that is sealed as a whole, a deal may take what tells which lot it counts for. */
const locating: ReadonlySet<string> = new Set(['lot', 'lotIn', 'project']);

export const boardFieldSealed: Lint = {
  code: 'BOARD_FIELD_SEALED',
  find: (law) =>
    mappedFieldsOf(law)
      .filter(leaks)
      .map(({ place, board, argument, name }) => ({
        ...place,
        zh: `@${board} 的 ${argument} 取自封存的 ${name}。公告板不等开封，值会提前泄露；请去掉这一项，或改取不封存的字段。`,
        en: `${argument} of @${board} takes ${name}, which is sealed. The board does not wait for the seal and would tell it early; drop it, or take an unsealed field.`,
      })),
};

function leaks({ board, argument, dataset, field, target }: MappedField): boolean {
  if (field === undefined) return false;
  const seals = [dataset.sealed, field.sealed].filter((seal) => seal !== undefined);
  if (seals.every(({ until }) => until === target?.sealed?.until)) return false;
  return !(board === 'deal' && field.sealed === undefined && locating.has(argument));
}
