/**
 * Rows whose column has one of some values, single columns and lists alike; each through the column's index.
 * @see design/graph.md «Shape»
 */
import { type RawBuilder, sql } from 'kysely';

import type { Column } from './columns.ts';

/**
 * @param own - The column as SQL, with its table's alias where there is one.
 * @returns SQL condition.
 */
export function holdsOne(column: Column, own: RawBuilder<unknown>, values: readonly string[]): RawBuilder<unknown> {
  return column.kind === 'textList' ? sql`${own} && ${values}::text[]` : sql`${own} = any(${values}::text[])`;
}
