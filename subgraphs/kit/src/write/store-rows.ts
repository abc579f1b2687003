/**
 * Puts the newest version of each changed record into its dataset's table, or takes a withdrawn one out.
 * @see design/architecture.md «The way of a record»
 */
import { type Dataset, type SystemRow, encodeRecordId } from '@hub/schema';
import { type RawBuilder, type Transaction, sql } from 'kysely';

import { columnValue } from '../store/column-value.ts';
import { columnTypes, contractColumns, datasetColumns, tableName } from '../store/columns.ts';

import type { Decided } from './arrival.ts';
import { originOf } from './origin.ts';
import { seenChange } from './seen-change.ts';

/** A change that was accepted. */
export type Change = Decided;

/** A row of a dataset's table, columns by name. */
export type TableRow = Readonly<Record<string, unknown>>;

/** Column and type. */
const recordColumns: readonly (readonly [string, string])[] = [
  ['key', 'text'],
  ['id', 'text'],
  ['version', 'int'],
  ['origin', 'text'],
  ['source', 'jsonb'],
  ['warnings', 'jsonb'],
  ['wire', 'jsonb'],
];

/** Stores accepted changes, one statement for each dataset and operation. */
export async function storeRows(
  db: Transaction<unknown>,
  { system, receivedAt, changes }: { system: SystemRow; receivedAt: string; changes: readonly Change[] },
): Promise<void> {
  const byDataset = Map.groupBy(changes, ({ arrival }) => arrival.stored.dataset);
  for (const [dataset, group] of byDataset) {
    const puts = group.filter(({ arrival }) => arrival.op === 'put');
    const rows = puts.map(({ arrival, outcome }) => tableRow(dataset, system, { arrival, outcome }));
    await upsertRows(db, dataset, { system: system.code, receivedAt, rows, receivedWhen: seenChange(dataset) });
    const gone = group.filter(({ arrival }) => arrival.op === 'withdraw').map(({ arrival }) => arrival.key);
    await deleteRows(db, dataset, { system: system.code, keys: gone });
  }
}

function tableRow(dataset: Dataset, system: SystemRow, { arrival, outcome: { version } }: Change): TableRow {
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
  const row: Record<string, unknown> = { ...content };
  for (const column of datasetColumns(dataset)) row[column.name] = columnValue(column, content.wire);
  return row;
}

/** Rows of one dataset, no key twice. */
export interface RowBatch {
  readonly system: string;
  readonly receivedAt: string;
  readonly rows: readonly TableRow[];
}

/** When a row that is there gives way; without conditions it always does. */
export interface Replacement {
  /** SQL condition: the row is replaced. */
  readonly replacedWhen?: RawBuilder<unknown>;
  /** SQL condition: its time of receipt is, too. */
  readonly receivedWhen?: RawBuilder<unknown>;
}

/** Inserts rows or replaces those of the same key. */
export async function upsertRows(
  db: Transaction<unknown>,
  dataset: Dataset,
  { system, receivedAt, rows, replacedWhen = sql`true`, receivedWhen = sql`true` }: RowBatch & Replacement,
): Promise<void> {
  if (rows.length === 0) return;
  const typed = datasetColumns(dataset).map(({ name, kind }) => [name, columnTypes[kind]] as const);
  const columns = [...recordColumns, ...contractColumns(dataset), ...typed];
  const names = columns.map(([name]) => sql.ref(name));
  const shape = columns.map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`);
  const replaced = columns.filter(([name]) => name !== 'key').map(([name]) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`);
  const table = sql.table(tableName(dataset));
  await sql`insert into ${table} (system, received_at, ${sql.join(names)})
    select ${system}, ${receivedAt}::timestamptz, ${sql.join(names)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(${sql.join(shape)})
    on conflict (system, key) do update set ${sql.join(replaced)},
      received_at = case when ${receivedWhen} then excluded.received_at else ${table}.received_at end
    where ${replacedWhen}`.execute(db);
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
