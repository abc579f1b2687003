/**
 * A lot that is named within its project leaves nothing for `project` to say: a row without a lot is about the project as its
 * only lot, and not about all lots of it.
 * @see schema/directives.graphql @notice(lotsIn:), @deal(lotIn:)
 */
import { mappingsOf } from '../board-mappings.ts';
import type { Lint } from '../lint.ts';

export const boardLotProject: Lint = {
  code: 'BOARD_LOT_PROJECT',
  find: (law) =>
    mappingsOf(law)
      .filter(({ mapping }) => mapping['project'] !== undefined && (mapping['lotIn'] ?? mapping['lotsIn']) !== undefined)
      .map(({ place, board }) => ({
        ...place,
        zh: `@${board} 既写了 project，又写了 ${board === 'deal' ? 'lotIn' : 'lotsIn'}。标的编号在项目内唯一时，没有写标的的行就是指项目本身，project 用不上；请去掉其一。`,
        en: `@${board} says both project and ${board === 'deal' ? 'lotIn' : 'lotsIn'}. Where lots are named within their project, a row without a lot is about the project itself, and project is never used; drop one of them.`,
      })),
};
