/**
 * One page of a list: rows after a key, in the total order. Rows with and without a sort value are two ranges of the same
 * index, read one after the other; a single condition with OR would scan from the start on every page.
 * @see design/partitioning.md «Page»
 */
import type { Dataset, SortKey } from '@hub/schema';
import { type Kysely, type RawBuilder, sql } from 'kysely';

import { columnTypes } from '../store/columns.ts';

import { type Filter, matching } from './filter.ts';
import { type Order, orderTerms } from './order.ts';
import { type RecordRow, fromTable, rowColumns } from './rows.ts';

/** Which page of which list. */
export interface PageRequest {
  readonly system: string;
  readonly filter: Filter | null | undefined;
  readonly order: Order;
  readonly first: number;
  readonly after: SortKey | undefined;
}

/** A row with its place in the list. */
export interface PageRow extends RecordRow {
  /** Canonical text of the sort value. */
  readonly sort: string | null;
}

/** @returns Up to `first` rows after the key, in order. */
export async function readPage(db: Kysely<unknown>, dataset: Dataset, request: PageRequest): Promise<readonly PageRow[]> {
  const { system, filter, order, first, after } = request;
  const base = matching(dataset, system, filter);
  const ranges = after === undefined ? [base] : rangesAfter(order, after).map((range) => sql`${base} and ${range}`);
  const rows: PageRow[] = [];
  for (const range of ranges) {
    if (rows.length >= first) break;
    const found = await sql<PageRow>`select ${rowColumns(dataset, system)}, ${order.canonical} as sort
      from ${fromTable(dataset)} where ${range} order by ${orderTerms(order)} limit ${first - rows.length}`.execute(db);
    rows.push(...found.rows);
  }
  return rows;
}

function rangesAfter(order: Order, [value, id]: SortKey): readonly RawBuilder<unknown>[] {
  const { column, descending, kind, nullable } = order;
  const nulls = sql`${column} is null`;
  if (value === null) return [sql`${nulls} and t.id > ${id}`];
  const typed = sql`${value}::${sql.raw(columnTypes[kind])}`;
  const further = descending
    ? sql`${column} <= ${typed} and (${column} < ${typed} or t.id > ${id})`
    : sql`${column} >= ${typed} and (${column} > ${typed} or t.id > ${id})`;
  return nullable ? [further, nulls] : [further];
}

/** @returns How many readable rows match. */
export async function countRows(
  db: Kysely<unknown>,
  dataset: Dataset,
  { system, filter }: Pick<PageRequest, 'system' | 'filter'>,
): Promise<number> {
  const counted = await sql<{ count: number }>`select count(*)::int as count from ${fromTable(dataset)}
    where ${matching(dataset, system, filter)}`.execute(db);
  return counted.rows[0]?.count ?? 0;
}
