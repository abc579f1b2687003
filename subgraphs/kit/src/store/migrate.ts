/**
 * Brings a database to what the contracts need: tables by MikroORM's schema generator (it only ever adds), then functions,
 * guards and indexes. A fingerprint of all of it makes a later start a single read.
 * @see design/architecture.md «Layout»
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { Dataset } from '@hub/schema';
import type { MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

import { indexStatements } from './indexes.ts';

const statements = ['now', 'grams', 'list-grams', 'outbox-guard'].map(read);
const outboxIndex = 'create index if not exists outbox_record on outbox (system, dataset, key, version)';
// A constraint trigger knows no `or replace`: the statement asks before it creates.
const guardTrigger = read('outbox-guard-trigger');

/** @returns Whether anything had to be changed. */
export async function migrate(orm: MikroORM, datasets: readonly Dataset[]): Promise<boolean> {
  const indexes = [outboxIndex, ...datasets.flatMap(indexStatements)];
  const tables = await orm.schema.getCreateSchemaSQL();
  const fingerprint = createHash('sha256')
    .update([tables, ...statements, guardTrigger, ...indexes].join('\n'))
    .digest('hex');
  const db = orm.em.fork().getKysely<unknown>();
  if ((await stampOf(db)) === fingerprint) return false;
  await orm.schema.update({ safe: true });
  await db.transaction().execute(async (transaction) => {
    for (const statement of [...statements, guardTrigger, ...indexes]) await sql.raw(statement).execute(transaction);
    await sql`insert into hub_stamp (name, value) values ('schema', ${fingerprint})
      on conflict (name) do update set value = excluded.value`.execute(transaction);
  });
  return true;
}

async function stampOf(db: ReturnType<MikroORM['em']['getKysely']>): Promise<string | undefined> {
  const exists = await sql<{ found: boolean }>`select to_regclass('hub_stamp') is not null as found`.execute(db);
  if (exists.rows[0]?.found !== true) return undefined;
  const stamp = await sql<{ value: string }>`select value from hub_stamp where name = 'schema'`.execute(db);
  return stamp.rows[0]?.value;
}

function read(name: string): string {
  return readFileSync(new URL(`sql/${name}.sql`, import.meta.url), 'utf8');
}
