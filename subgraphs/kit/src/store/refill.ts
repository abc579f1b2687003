/**
 * Values of typed columns for records that were stored before the contract had these columns: a record that is sent again
 * unchanged is not written again, so nobody else would ever fill them.
 * @see design/graph.md «Shape»
 */
import type { Dataset } from '@hub/schema';
import { type Transaction, sql } from 'kysely';

import { columnValue } from './column-value.ts';
import { columnTypes, datasetColumns, tableName } from './columns.ts';
import { readStamp, writeStamp } from './stamp.ts';

const rowsAtOnce = 1_000;

interface Stored {
  readonly system: string;
  readonly key: string;
  readonly wire: Readonly<Record<string, string>>;
}

/** Fills the columns of all rows, unless they were filled for these columns before. */
export async function refill(db: Transaction<unknown>, dataset: Dataset): Promise<void> {
  const columns = datasetColumns(dataset);
  const name = `columns of ${tableName(dataset)}`;
  const meaning = JSON.stringify(
    columns.map(({ name, kind, part, field, within }) => ({ name, kind, part, wire: field.wire, within: within?.field.wire })),
  );
  if ((await readStamp(db, name)) === meaning) return;
  let last: Stored | undefined;
  do {
    const rows = await rowsAfter(db, dataset, last);
    last = rows.at(-1);
    await fill(db, dataset, rows);
  } while (last !== undefined);
  await writeStamp(db, name, meaning);
}

async function rowsAfter(db: Transaction<unknown>, dataset: Dataset, last: Stored | undefined): Promise<readonly Stored[]> {
  const found = await sql<Stored>`select system, key, wire from ${sql.table(tableName(dataset))}
    where (system, key) > (${last?.system ?? ''}, ${last?.key ?? ''}) order by system, key limit ${rowsAtOnce}`.execute(db);
  return found.rows;
}

async function fill(db: Transaction<unknown>, dataset: Dataset, rows: readonly Stored[]): Promise<void> {
  const columns = datasetColumns(dataset);
  if (rows.length === 0 || columns.length === 0) return;
  const values = rows.map(({ system, key, wire }) => {
    const row: Record<string, unknown> = { system, key };
    for (const column of columns) row[column.name] = columnValue(column, wire);
    return row;
  });
  const shape = columns.map(({ name, kind }) => sql`${sql.ref(name)} ${sql.raw(columnTypes[kind])}`);
  const set = columns.map(({ name }) => sql`${sql.ref(name)} = row.${sql.ref(name)}`);
  await sql`update ${sql.table(tableName(dataset))} as t set ${sql.join(set)}
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as row(system text, key text, ${sql.join(shape)})
    where t.system = row.system and t.key = row.key`.execute(db);
}
