/**
 * Makes the exchange's tables, or adds what is missing of them. Statements may all run again; a fingerprint makes a later start
 * a single read.
 * @see design/architecture.md «Past one machine»
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { feedStatements, makeEpoch } from '@hub/kit';
import { type Kysely, sql } from 'kysely';

import { exchangeSchema } from './exchange-url.ts';

/** One file for each owner's tables, in order. */
const tables = ['feed', 'journal', 'unusable', 'receipts', 'submit', 'proof', 'delivery', 'quality'].map(read);
const guards = [read('accepted-guard')];
const statements = [...tables, ...feedStatements, ...guards];
const stampName = 'schema';
/** Held while tables are made: several processes may start on one database. */
const lock = sql`pg_advisory_xact_lock(6845800, 0)`;

/** Brings the database to what this program needs, and gives the feed its first epoch. */
export async function migrate(db: Kysely<unknown>): Promise<void> {
  const wanted = createHash('sha256').update(statements.join('\n')).digest('hex');
  if ((await stampOf(db)) === wanted) return;
  await db.transaction().execute(async (transaction) => {
    await sql`select ${lock}`.execute(transaction);
    if ((await stampOf(transaction)) === wanted) return;
    await sql`create schema if not exists ${sql.id(exchangeSchema)}`.execute(transaction);
    for (const statement of statements) await sql.raw(statement).execute(transaction);
    await sql`insert into hub_stamp (name, value) values (${stampName}, ${wanted})
      on conflict (name) do update set value = excluded.value`.execute(transaction);
    await makeEpoch(transaction);
  });
}

async function stampOf(db: Kysely<unknown>): Promise<string | undefined> {
  const made = await sql<{ found: boolean }>`select exists (
    select from pg_tables where schemaname = ${exchangeSchema} and tablename = 'hub_stamp') as found`.execute(db);
  if (made.rows[0]?.found !== true) return undefined;
  const found = await sql<{ value: string }>`select value from hub_stamp where name = ${stampName}`.execute(db);
  return found.rows[0]?.value;
}

function read(name: string): string {
  return readFileSync(new URL(`tables/${name}.sql`, import.meta.url), 'utf8');
}
