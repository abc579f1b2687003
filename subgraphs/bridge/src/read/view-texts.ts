/**
 * How the views of a mapping are defined now, so that a change of a view is noticed as a change of the mapping is.
 * @see subgraphs/GUIDE.md
 */
import { createHash } from 'node:crypto';

import { createConnection, type RowDataPacket } from 'mysql2/promise';
import postgres from 'postgres';

import type { Mapping } from '../mapping/mapping.ts';

import type { Environment } from './open-reader.ts';

const connectSeconds = 10;

/** @returns A digest of each view’s definition, by its name in the mapping; none for sources without, and while they cannot be asked. */
export async function viewDigests({ source, datasets }: Mapping, env: Environment): Promise<ReadonlyMap<string, string>> {
  if (source.kind !== 'postgres' && source.kind !== 'mysql') return new Map();
  const address = env[source.urlFrom] ?? '';
  const names = [...new Set(datasets.map(({ from }) => from))];
  try {
    const texts = source.kind === 'postgres' ? await postgresTexts(address, names) : await mysqlTexts(address, names);
    return new Map(texts.map(({ name, text }) => [name, createHash('sha256').update(text).digest('hex')]));
  } catch {
    // Whoever reads the rows tells what is wrong.
    return new Map();
  }
}

interface ViewText {
  readonly name: string;
  readonly text: string;
}

async function postgresTexts(address: string, names: readonly string[]): Promise<readonly ViewText[]> {
  const connection = { default_transaction_read_only: true };
  const sql = postgres(address, { max: 1, connect_timeout: connectSeconds, onnotice: () => {}, connection });
  const quoted = names.map((name) =>
    name
      .split('.')
      .map((part) => `"${part.replaceAll('"', '""')}"`)
      .join('.'),
  );
  try {
    return await sql<ViewText[]>`
      select n.name, pg_get_viewdef(c.oid) as text
      from unnest(${[...names]}::text[], ${quoted}::text[]) as n (name, quoted)
        join pg_class c on c.oid = to_regclass(n.quoted) and c.relkind in ('v', 'm')`;
  } finally {
    await sql.end({ timeout: connectSeconds });
  }
}

async function mysqlTexts(address: string, names: readonly string[]): Promise<readonly ViewText[]> {
  const connection = await createConnection({ uri: address, connectTimeout: connectSeconds * 1000 });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(
      `select table_name as n, view_definition as d from information_schema.views
       where table_schema = database() and table_name in (?)`,
      [names],
    );
    return rows.map(({ n, d }) => ({ name: String(n), text: String(d) }));
  } finally {
    connection.destroy();
  }
}
