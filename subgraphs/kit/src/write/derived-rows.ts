/**
 * Writes rows that are derived from records. A row that says what it said before is left alone, and a change of what is
 * sealed does not renew the time of receipt: whoever watches that time would learn how many bids came in.
 * @see design/graph.md «Who sees what»
 */
import type { Dataset } from '@hub/schema';
import { type RawBuilder, type Transaction, sql } from 'kysely';

import { tableName } from '../store/columns.ts';

import { type RowBatch, upsertRows } from './store-rows.ts';

/** Inserts rows, or replaces those of the same key that say something else. */
export async function upsertDerived(db: Transaction<unknown>, dataset: Dataset, batch: RowBatch): Promise<void> {
  const table = sql.table(tableName(dataset));
  const sealed = dataset.fields.filter((field) => field.sealed !== undefined).flatMap(({ wire }) => wire.map(({ code }) => code));
  const seen = (row: RawBuilder<unknown>): RawBuilder<unknown> => sql`(${row}.wire - ${sealed}::text[], ${row}.origin, ${row}.source)`;
  await upsertRows(db, dataset, {
    ...batch,
    receivedWhen: sql`${seen(table)} is distinct from ${seen(sql`excluded`)}`,
    replacedWhen: sql`(${table}.wire, ${table}.origin, ${table}.source) is distinct from (excluded.wire, excluded.origin, excluded.source)`,
  });
}
