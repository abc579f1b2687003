/**
 * Readable records by id, by business code, and by the value of a relation; each one statement for any number of keys.
 * @see design/graph.md «Shape»
 */
import type { Dataset } from '@hub/schema';
import { type Kysely, sql } from 'kysely';

import { holdsOne } from '../store/column-match.ts';
import type { Column } from '../store/columns.ts';

import { matching } from './filter.ts';
import { type RecordRow, fromTable, rowColumns } from './rows.ts';

/** @returns The records that exist and may be read, in no order. */
export async function findByIds(
  db: Kysely<unknown>,
  dataset: Dataset,
  { system, ids }: { readonly system: string; readonly ids: readonly string[] },
): Promise<readonly RecordRow[]> {
  const found = await sql<RecordRow>`select ${rowColumns(dataset, system)} from ${fromTable(dataset)}
    where ${matching(dataset, system, undefined)} and t.id = any(${ids}::text[])`.execute(db);
  return found.rows;
}

/** @returns Records whose column has (or contains) one of the values, by id. */
export async function findByColumn(
  db: Kysely<unknown>,
  dataset: Dataset,
  { system, column, values }: { readonly system: string; readonly column: Column; readonly values: readonly string[] },
): Promise<readonly (RecordRow & { readonly related: string | readonly string[] })[]> {
  const own = sql.ref(`t.${column.name}`);
  const found = await sql<RecordRow & { related: string | readonly string[] }>`
    select ${rowColumns(dataset, system)}, ${own} as related from ${fromTable(dataset)}
    where ${matching(dataset, system, undefined)} and ${holdsOne(column, own, values)} order by t.id`.execute(db);
  return found.rows;
}
