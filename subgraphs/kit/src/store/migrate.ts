/**
 * Brings a database to what the contracts need: tables and columns as MikroORM's schema generator words them, then functions,
 * guards and indexes, then the values of columns that are new. It only ever adds, so that several versions of a contract may
 * share a database. A fingerprint of all of it makes a later start a single read.
 * @see design/architecture.md «Layout»
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { Dataset } from '@hub/schema';
import type { MikroORM } from '@mikro-orm/postgresql';
import { type Kysely, sql } from 'kysely';

import { migrationLock } from './advisory-locks.ts';
import { feedStatements } from './feed-statements.ts';
import { indexStatements } from './indexes.ts';
import { refill } from './refill.ts';
import { readStamp, writeStamp } from './stamp.ts';

const stampName = 'schema';
const functions = ['now', 'grams', 'list-grams', 'outbox-guard'].map(read);
const recordIndexes = [
  'create index if not exists outbox_record on outbox (system, dataset, key, version)',
  'create index if not exists sealed_change_record on sealed_change (system, dataset, key)',
];
// A constraint trigger knows no `or replace`: it asks before it creates.
const trigger = read('outbox-guard-trigger');

/** @returns Whether anything had to be changed. */
export async function migrate(orm: MikroORM, datasets: readonly Dataset[]): Promise<boolean> {
  const guards = [...functions, trigger, ...recordIndexes, ...feedStatements, ...datasets.flatMap(indexStatements)];
  const tables = await orm.schema.getCreateSchemaSQL();
  const fingerprint = createHash('sha256')
    .update([tables, ...guards].join('\n'))
    .digest('hex');
  const db = orm.em.fork().getKysely<unknown>();
  if ((await stampOf(db)) === fingerprint) return false;
  return db.transaction().execute(async (transaction) => {
    await sql`select ${migrationLock}`.execute(transaction);
    if ((await stampOf(transaction)) === fingerprint) return false;
    const additions = additionsOf(await orm.schema.getUpdateSchemaSQL({ safe: true, dropTables: false }));
    for (const statement of [...additions, ...guards]) await sql.raw(statement).execute(transaction);
    for (const dataset of datasets) await refill(transaction, dataset);
    await writeStamp(transaction, stampName, fingerprint);
    return true;
  });
}

/** @returns Whether a hub was ever started on the database. */
export async function wasMigrated(orm: MikroORM): Promise<boolean> {
  return (await stampOf(orm.em.fork().getKysely<unknown>())) !== undefined;
}

/** The generator's difference would also drop every index that it does not know of: only additions are taken from it. */
function additionsOf(difference: string): readonly string[] {
  return difference.split(/;\s*\n/).filter((statement) => /^\s*(?:create table|alter table "\w+" add) /.test(statement));
}

async function stampOf(db: Kysely<unknown>): Promise<string | undefined> {
  // Read like any other rows: after waiting for a lock, `to_regclass` may still answer from a cache.
  const exists = await sql<{ found: boolean }>`select exists (
    select from pg_tables where schemaname = current_schema() and tablename = 'hub_stamp') as found`.execute(db);
  return exists.rows[0]?.found === true ? readStamp(db, stampName) : undefined;
}

function read(name: string): string {
  return readFileSync(new URL(`sql/${name}.sql`, import.meta.url), 'utf8');
}
