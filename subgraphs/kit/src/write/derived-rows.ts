/**
 * Writes rows that are derived from records. A row that says what it said before is left alone.
 * @see design/graph.md «Sketch»
 */
import type { Dataset } from '@hub/schema';
import { type Transaction, sql } from 'kysely';

import { tableName } from '../store/columns.ts';

import { seenChange } from './seen-change.ts';
import { type RowBatch, upsertRows } from './store-rows.ts';

/** Inserts rows, or replaces those of the same key that say something else. */
export async function upsertDerived(db: Transaction<unknown>, dataset: Dataset, batch: RowBatch): Promise<void> {
  const table = sql.table(tableName(dataset));
  await upsertRows(db, dataset, {
    ...batch,
    receivedWhen: seenChange(dataset),
    replacedWhen: sql`(${table}.wire, ${table}.origin, ${table}.source) is distinct from (excluded.wire, excluded.origin, excluded.source)`,
  });
}
