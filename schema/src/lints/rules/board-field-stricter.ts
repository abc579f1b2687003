/**
 * What fills a field of the board is no stricter than that field.
 * @see schema/directives.graphql @notice, @deal; design/graph.md «Who sees what»
 */
import { mappedFieldsOf } from '../board-mappings.ts';
import type { Lint } from '../lint.ts';
import { isStricter } from '../strictness.ts';

export const boardFieldStricter: Lint = {
  code: 'BOARD_FIELD_STRICTER',
  find: (law) =>
    mappedFieldsOf(law).flatMap(({ place, board, argument, name, field, target }) =>
      field === undefined || target === undefined || !isStricter(field.visibility, target.visibility)
        ? []
        : [
            {
              ...place,
              zh: `@${board} 的 ${argument} 把 ${field.visibility} 的 ${name} 填入 ${target.visibility} 的 ${target.name}，等于把它公开。请去掉这一项，或改取同样公开的字段。`,
              en: `${argument} of @${board} fills ${target.name}, which is ${target.visibility}, from ${name}, which is ${field.visibility}: that would publish it. Drop it, or take a field as open.`,
            },
          ],
    ),
};
