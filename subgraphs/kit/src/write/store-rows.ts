/**
 * Puts the newest version of each changed record into its dataset's table, or takes a withdrawn one out.
 * @see design/architecture.md «The way of a record»
 */
import { type Dataset, encodeRecordId } from '@hub/schema';
import { type Transaction, sql } from 'kysely';

import { type Column, columnTypes, datasetColumns, tableName } from '../store/columns.ts';
import type { SystemRow } from '@hub/schema';

import type { Arrival, Outcome } from './arrival.ts';
import { columnValue } from './column-value.ts';
import { originOf } from './origin.ts';

/** A change that was accepted. */
export interface Change {
  readonly arrival: Arrival;
  readonly outcome: Outcome;
}

/** A row of a dataset's table, columns by name. */
export type TableRow = Readonly<Record<string, unknown>>;

const recordColumns: Readonly<Record<string, string>> = {
  key: 'text',
  id: 'text',
  version: 'int',
  origin: 'text',
  source: 'jsonb',
  warnings: 'jsonb',
  wire: 'jsonb',
};

/** Stores accepted changes, one statement for each dataset and operation. */
export async function storeRows(
  db: Transaction<unknown>,
  { system, receivedAt, changes }: { system: SystemRow; receivedAt: string; changes: readonly Change[] },
): Promise<void> {
  const byDataset = Map.groupBy(changes, ({ arrival }) => arrival.stored.dataset);
  for (const [dataset, group] of byDataset) {
    const puts = group.filter(({ arrival }) => arrival.op === 'put');
    const rows = puts.map(({ arrival, outcome }) => tableRow(dataset, system, arrival, outcome.version));
    await upsertRows(db, dataset, { system: system.code, receivedAt, rows });
    const gone = group.filter(({ arrival }) => arrival.op === 'withdraw').map(({ arrival }) => arrival.key);
    await deleteRows(db, dataset, { system: system.code, keys: gone });
  }
}

function tableRow(dataset: Dataset, system: SystemRow, arrival: Arrival, version: number): TableRow {
  const { key, wire, source, warnings } = arrival;
  const id = encodeRecordId({ system: system.code, type: dataset.type, key });
  return rowOf(dataset, { key, id, version, origin: originOf(system, wire), source, warnings, wire });
}

/** What a row holds besides its typed columns. */
export interface RowContent {
  readonly key: string;
  readonly id: string;
  readonly version: number;
  readonly origin: string;
  readonly source: unknown;
  readonly warnings: unknown;
  readonly wire: Readonly<Record<string, string>>;
}

/** @returns The row with its typed columns filled from the wire form. */
export function rowOf(dataset: Dataset, content: RowContent): TableRow {
  const typed = datasetColumns(dataset).map((column) => [column.name, columnValue(column, content.wire)]);
  return { ...content, ...Object.fromEntries(typed) };
}

/** Inserts rows or replaces those of the same key. */
export async function upsertRows(
  db: Transaction<unknown>,
  dataset: Dataset,
  { system, receivedAt, rows }: { system: string; receivedAt: string; rows: readonly TableRow[] },
): Promise<void> {
  if (rows.length === 0) return;
  const types = { ...recordColumns, ...Object.fromEntries(datasetColumns(dataset).map(typeOfColumn)) };
  const names = Object.keys(types).map((name) => sql.ref(name));
  const shape = Object.entries(types).map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`);
  const replaced = Object.keys(types)
    .filter((name) => name !== 'key')
    .map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`);
  await sql`insert into ${sql.table(tableName(dataset))} (system, received_at, ${sql.join(names)})
    select ${system}, ${receivedAt}::timestamptz, ${sql.join(names)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(${sql.join(shape)})
    on conflict (system, key) do update set received_at = excluded.received_at, ${sql.join(replaced)}`.execute(db);
}

/** Takes rows out of a dataset's table; their versions stay. */
export async function deleteRows(
  db: Transaction<unknown>,
  dataset: Dataset,
  { system, keys }: { system: string; keys: readonly string[] },
): Promise<void> {
  if (keys.length === 0) return;
  await sql`delete from ${sql.table(tableName(dataset))}
    where system = ${system} and key = any(${keys}::text[])`.execute(db);
}

function typeOfColumn({ name, kind }: Column): readonly [string, string] {
  return [name, columnTypes[kind]];
}
