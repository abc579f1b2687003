/**
 * @notice and @deal name fields that exist.
 * @see schema/directives.graphql @notice, @deal
 */
import { mappedFieldsOf } from '../board-mappings.ts';
import type { Lint } from '../lint.ts';

export const boardFieldUnknown: Lint = {
  code: 'BOARD_FIELD_UNKNOWN',
  find: (law) =>
    mappedFieldsOf(law)
      .filter(({ field }) => field === undefined || field.wire.length === 0)
      .map(({ place, board, argument, name }) => ({
        ...place,
        zh: `@${board} 的 ${argument} 指向 ${name}，本类型没有这个报送字段，公告板上该项会一直为空。请写图中的字段名（不是标准的字段代码）。`,
        en: `${argument} of @${board} names ${name}, which is no field of this type with a wire form; on the board it would always be empty. Write the graph field's name, not the wire code.`,
      })),
};
