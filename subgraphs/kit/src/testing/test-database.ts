/**
 * A database of its own for a test: real PostgreSQL, empty at the start or a copy of a prepared one, gone at the end.
 * The server is the one the test run started (`tests/support/postgres-setup.ts`).
 */
import { randomUUID } from 'node:crypto';

import postgres from 'postgres';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which this user may make databases. */
    readonly databaseUrl: string;
    /** How the names of this run's prepared databases begin; whoever started the run drops them. */
    readonly preparedPrefix: string;
  }
}

/** An empty database; `await using` drops it. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

/** What databases are copied from: made once in a run, by the first test that wants it. */
export interface Prepared {
  /** Letters and digits; two that have the same hold the same. */
  readonly name: string;
  /** Makes it in an empty database, and leaves no connection open. */
  readonly prepare: (url: string) => Promise<void>;
}

/** Makes a database on the test run's server. @param prepared - What is in it; nothing when absent. */
export async function openTestDatabase(prepared?: Prepared): Promise<TestDatabase> {
  const server = inject('databaseUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await say(server, async (sql) => {
    const template = prepared === undefined ? 'template1' : await made(sql, server, prepared);
    // Files copied as they are, not page by page through the log.
    await sql`create database ${sql(name)} template ${sql(template)} strategy file_copy`;
  });
  return {
    url: urlOf(server, name),
    [Symbol.asyncDispose]: () => say(server, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  };
}

/** One test at a time, of whichever process: the others wait, and find it. @returns The prepared database's name. */
async function made(sql: postgres.Sql, server: string, { name, prepare }: Prepared): Promise<string> {
  const prefix = inject('preparedPrefix');
  const [whole, half] = [`${prefix}${name}`, `${prefix}${name}_half`];
  await sql`select pg_advisory_lock(hashtext(${whole}))`;
  try {
    const found = await sql`select from pg_database where datname = ${whole}`;
    if (found.count === 0) {
      await sql`drop database if exists ${sql(half)} with (force)`;
      await sql`create database ${sql(half)} template template1`;
      await prepare(urlOf(server, half));
      await sql`alter database ${sql(half)} rename to ${sql(whole)}`;
    }
  } finally {
    await sql`select pg_advisory_unlock(hashtext(${whole}))`;
  }
  return whole;
}

function urlOf(server: string, name: string): string {
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

async function say(server: string, statement: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(server, { max: 1, onnotice: () => {} });
  try {
    await statement(sql);
  } finally {
    await sql.end();
  }
}
