/**
 * `each` and `otherwise` say how a decision counts, so they stand where rows decide; and rows of `each` tell who won, or for how much.
 * @see schema/directives.graphql @deal(each:, otherwise:)
 */
import type { BoardMapping } from '../../contract.ts';
import { mappingsOf } from '../board-mappings.ts';
import type { Lint } from '../lint.ts';

export const boardDecision: Lint = {
  code: 'BOARD_DECISION',
  find: (law) =>
    mappingsOf(law)
      .filter(({ mapping }) => (mapping['otherwise'] === true && !decides(mapping)) || (mapping['each'] === true && !isShare(mapping)))
      .map(({ place }) => ({
        ...place,
        zh: '@deal 写了 each 或 otherwise，它的行却不决定标的：须有 decidedAt、state 或 stateBy；each 还须有 winners 或 price，且不与 count 同用。否则这一项没有作用，成交会缺中标人或金额；请补正。',
        en: '@deal says each or otherwise, and its rows decide nothing: decidedAt, state or stateBy is needed, with each also winners or price, and no count. It would have no effect, and deals would lack winners or price; complete it.',
      })),
};

function decides(mapping: BoardMapping): boolean {
  return ['decidedAt', 'state', 'stateBy'].some((argument) => mapping[argument] !== undefined);
}

function isShare(mapping: BoardMapping): boolean {
  return decides(mapping) && mapping['count'] !== true && (mapping['winners'] ?? mapping['price']) !== undefined;
}
