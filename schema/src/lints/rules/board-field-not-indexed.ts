/**
 * Lots and projects are looked up, so the fields that hold their codes are indexed.
 * @see schema/directives.graphql @notice(lots:, lotsIn:, project:), @deal(lot:, lotIn:, project:)
 */
import { mappedFieldsOf } from '../board-mappings.ts';
import type { Lint } from '../lint.ts';

const lookedUp: ReadonlySet<string> = new Set(['lot', 'lotIn', 'lots', 'lotsIn', 'project']);

export const boardFieldNotIndexed: Lint = {
  code: 'BOARD_FIELD_NOT_INDEXED',
  find: (law) =>
    mappedFieldsOf(law)
      .filter(({ argument, field }) => lookedUp.has(argument) && field?.indexed === false)
      .map(({ place, board, argument, name }) => ({
        ...place,
        zh: `@${board} 的 ${argument} 要按 ${name} 查找同一标的或项目的记录，而它没有 @indexed，这些记录就找不到。请加 @indexed。`,
        en: `${argument} of @${board} looks up the records of a lot or project by ${name}, which is not @indexed, so they would not be found. Index it.`,
      })),
};
