/**
 * A database of its own for a test: real PostgreSQL, empty at the start, gone at the end.
 * The server is the one the test run started (`tests/support/postgres-setup.ts`).
 */
import { randomUUID } from 'node:crypto';

import postgres from 'postgres';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which this user may make databases. */
    readonly databaseUrl: string;
  }
}

/** An empty database; `await using` drops it. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

/** Makes an empty database on the test run's server. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const server = inject('databaseUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await say(server, (sql) => sql`create database ${sql(name)}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => say(server, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  };
}

async function say(server: string, statement: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(server, { max: 1, onnotice: () => {} });
  try {
    await statement(sql);
  } finally {
    await sql.end();
  }
}
