/**
 * What @deal and @notice say of lots needs the field that names them.
 * @see schema/directives.graphql @notice(lots:, lotsIn:), @deal(lot:, lotIn:, isLot:, count:, each:)
 */
import { type Board, mappingsOf } from '../board-mappings.ts';
import type { Lint } from '../lint.ts';

const naming: Readonly<Record<Board, string>> = { notice: 'lots', deal: 'lot' };
const needy: readonly string[] = ['lotsIn', 'lotIn', 'isLot', 'count', 'each'];

export const boardLotAbsent: Lint = {
  code: 'BOARD_LOT_ABSENT',
  find: (law) =>
    mappingsOf(law).flatMap(({ place, board, mapping }) => {
      const given = needy.filter((argument) => mapping[argument] !== undefined && mapping[argument] !== false);
      if (given.length === 0 || mapping[naming[board]] !== undefined) return [];
      return [
        {
          ...place,
          zh: `@${board} 写了 ${given.join('、')}，却没有用 ${naming[board]} 写明标的编号在哪个字段，这些行不属于任何标的。请补上 ${naming[board]}。`,
          en: `@${board} says ${given.join(', ')}, and no ${naming[board]} names the field with the lot's code: its rows would be about no lot. Add ${naming[board]}.`,
        },
      ];
    }),
};
