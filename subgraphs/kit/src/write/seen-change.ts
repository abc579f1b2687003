/**
 * Whether a row that replaces another differs in anything but what is sealed. Its time of receipt is public: were it renewed
 * by every change, whoever watches it would learn how many bids came in, and when.
 * @see design/graph.md «Who sees what»
 */
import type { Dataset } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import { tableName } from '../store/columns.ts';

/** Wire fields a dataset's records carry whatever changed in them. */
const always = ['DATA_TIMESTAMP'] as const;

/** @returns SQL condition over the dataset's table and `excluded`; `true` for a dataset without sealed fields. */
export function seenChange(dataset: Dataset): RawBuilder<unknown> {
  const sealed = dataset.fields.filter((field) => field.sealed !== undefined).flatMap(({ wire }) => wire.map(({ code }) => code));
  if (sealed.length === 0) return sql`true`;
  const seen = (row: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(${row}.wire - ${[...sealed, ...always]}::text[], ${row}.origin, ${row}.source)`;
  return sql`${seen(sql.table(tableName(dataset)))} is distinct from ${seen(sql`excluded`)}`;
}
