/**
 * Readable records by id, by business code, and by the value of a relation; each one statement for any number of keys.
 * @see design/graph.md «Shape»
 */
import { type Dataset, HubError, maxRelatedRecords, plural } from '@hub/schema';
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

/**
 * @returns Records whose column has (or contains) one of the values, by id.
 * @throws HubError QUERY_TOO_LARGE when there are more than one answer may hold: a part of them would pass for all.
 */
export async function findByColumn(
  db: Kysely<unknown>,
  dataset: Dataset,
  { system, column, values }: { readonly system: string; readonly column: Column; readonly values: readonly string[] },
): Promise<readonly (RecordRow & { readonly related: string | readonly string[] })[]> {
  const own = sql.ref(`t.${column.name}`);
  const found = await sql<RecordRow & { related: string | readonly string[] }>`
    select ${rowColumns(dataset, system)}, ${own} as related from ${fromTable(dataset)}
    where ${matching(dataset, system, undefined)} and ${holdsOne(column, own, values)} order by t.id limit ${maxRelatedRecords + 1}`.execute(
    db,
  );
  if (found.rows.length > maxRelatedRecords) throw tooMany(dataset, column);
  return found.rows;
}

function tooMany({ type }: Dataset, { field }: Column): HubError {
  const list = `${plural(type)}(filter: { ${field.name}: … }, first: …, after: …)`;
  return new HubError('QUERY_TOO_LARGE', {
    zh: `所问记录的 ${type} 合计超过 ${maxRelatedRecords} 条，不能经关系一次取回。请用 ${list} 翻页。`,
    en: `More than ${maxRelatedRecords} ${type} records belong to these rows, too many to follow at once. Page them with ${list}.`,
  });
}
