/**
 * Looks what tables an engineer's database has. One question to the catalogue, in a session that may only read.
 * @see subgraphs/GUIDE.md
 */
import { HubError } from '@hub/schema';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import postgres from 'postgres';

import { sourceFault, sourcePlace } from '../read/source-fault.ts';

import { type DatabaseKind, type FoundRow, type FoundTable, tablesOf } from './found-table.ts';

const connectSeconds = 10;

/**
 * @param variable - Name of the environment variable that the address came from.
 * @throws HubError CONFIG_INVALID for an address of neither kind.
 */
export function databaseKind(address: string, variable: string): DatabaseKind {
  if (/^postgres(ql)?:\/\//.test(address)) return 'postgres';
  if (address.startsWith('mysql://')) return 'mysql';
  throw new HubError('CONFIG_INVALID', {
    zh: `环境变量 ${variable} 应为 postgres://用户:密码@主机:端口/库名 或 mysql://用户:密码@主机:端口/库名。`,
    en: `The environment variable ${variable} must be postgres://user:password@host:port/database or mysql://user:password@host:port/database.`,
  });
}

/** @returns Tables and views this user may read, those of the hub itself left out. @throws HubError DATABASE_UNREACHABLE, CONFIG_INVALID. */
export async function inspectDatabase(address: string, variable: string): Promise<readonly FoundTable[]> {
  const place = sourcePlace(address, variable);
  try {
    const rows = databaseKind(address, variable) === 'postgres' ? await postgresRows(address) : await mysqlRows(address);
    return tablesOf(rows.filter(({ table }) => !table.startsWith('hub_')));
  } catch (cause) {
    throw sourceFault(place, cause);
  }
}

async function postgresRows(address: string): Promise<readonly FoundRow[]> {
  const sql = postgres(address, {
    max: 1,
    connect_timeout: connectSeconds,
    onnotice: () => {},
    connection: { application_name: 'hub-init', default_transaction_read_only: true },
  });
  try {
    return await sql<FoundRow[]>`
      select n.nspname as schema, c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
        coalesce(a.attnum = any(i.indkey), false) as "isKey"
      from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        left join pg_index i on i.indrelid = c.oid and i.indisprimary
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
        and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
        and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
      order by n.nspname, c.relname, a.attnum`;
  } finally {
    await sql.end({ timeout: connectSeconds });
  }
}

async function mysqlRows(address: string): Promise<readonly FoundRow[]> {
  const connection = await createConnection({ uri: address, connectTimeout: connectSeconds * 1000 });
  try {
    await connection.query('set session transaction read only');
    const [rows] = await connection.query<RowDataPacket[]>(
      `select table_schema as s, table_name as t, column_name as c, column_type as y, column_key = 'PRI' as k
       from information_schema.columns where table_schema = database() order by table_name, ordinal_position`,
    );
    return rows.map(({ s, t, c, y, k }) => ({
      schema: String(s),
      table: String(t),
      column: String(c),
      type: String(y),
      isKey: Number(k) === 1,
    }));
  } finally {
    connection.destroy();
  }
}
