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

/** @returns A digest of the definitions; the same for sources that have none, and for those that cannot be asked now. */
export async function viewDigest({ source, datasets }: Mapping, env: Environment): Promise<string> {
  if (source.kind !== 'postgres' && source.kind !== 'mysql') return '';
  const address = env[source.urlFrom] ?? '';
  const names = [...new Set(datasets.map(({ from }) => from))];
  try {
    const texts = source.kind === 'postgres' ? await postgresTexts(address, names) : await mysqlTexts(address, names);
    return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
  } catch {
    // Whoever reads the rows tells what is wrong.
    return '';
  }
}

async function postgresTexts(address: string, names: readonly string[]): Promise<readonly unknown[]> {
  const sql = postgres(address, {
    max: 1,
    connect_timeout: connectSeconds,
    onnotice: () => {},
    connection: { default_transaction_read_only: true },
  });
  const quoted = names.map((name) =>
    name
      .split('.')
      .map((part) => `"${part.replaceAll('"', '""')}"`)
      .join('.'),
  );
  try {
    return await sql`
      select n.name, c.oid::text as id, case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as text
      from unnest(${quoted}::text[]) as n (name) left join pg_class c on c.oid = to_regclass(n.name) order by n.name`;
  } finally {
    await sql.end({ timeout: connectSeconds });
  }
}

async function mysqlTexts(address: string, names: readonly string[]): Promise<readonly unknown[]> {
  const connection = await createConnection({ uri: address, connectTimeout: connectSeconds * 1000 });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(
      `select table_name as n, md5(view_definition) as d from information_schema.views
       where table_schema = database() and table_name in (?) order by table_name`,
      [names],
    );
    return rows;
  } finally {
    connection.destroy();
  }
}
