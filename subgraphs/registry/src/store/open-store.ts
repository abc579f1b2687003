/**
 * The registry's database. Everything that changes something goes through `change`: one writer at a time, its line in the
 * history, and word to whoever listens, all in one transaction, so that nobody hears of what was not kept.
 * @see design/architecture.md «Past one machine»
 */
import { createHash } from 'node:crypto';

import { type Clock, systemClock } from '@hub/kit/process';
import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';

import { releaseEntity } from '../contracts/release-entity.ts';
import { usageEntities } from '../usage/tables.ts';
import {
  checkEntity,
  type HistoryEvent,
  healthEntity,
  historyEntity,
  keyEntity,
  sdlEntity,
  systemEntity,
  versionEntity,
} from './entities.ts';

/** The channel on which PostgreSQL tells of every change. */
export const channel = 'hub_registry';

/** What is written into the history. */
export type Told = Omit<HistoryEvent, 'position' | 'at'>;

/** A transaction that changes something. */
export interface Change {
  readonly em: EntityManager;
  readonly now: Date;
  /** Writes a line of the history. @returns Its position. */
  readonly tell: (event: Told) => Promise<number>;
}

/** The open database. */
export interface RegistryStore extends AsyncDisposable {
  readonly url: string;
  /** Reads, as of one moment. */
  readonly read: <Result>(work: (em: EntityManager) => Promise<Result>) => Promise<Result>;
  /** Keeps what is no change of the registry itself: no line of the history, no word to anybody. */
  readonly write: <Result>(work: (em: EntityManager) => Promise<Result>) => Promise<Result>;
  /** Changes something, or nothing when `work` throws. */
  readonly change: <Result>(work: (change: Change) => Promise<Result>) => Promise<Result>;
  readonly clock: Clock;
}

const entities = [
  systemEntity,
  keyEntity,
  sdlEntity,
  versionEntity,
  checkEntity,
  historyEntity,
  healthEntity,
  releaseEntity,
  ...usageEntities,
];

/** Lines of the history stand for ever: the database itself refuses to change one. */
const guards = [
  `create or replace function hub_registry_history_guard() returns trigger language plpgsql as $$
   begin raise exception 'the history is append-only' using errcode = 'integrity_constraint_violation'; end $$`,
  `create or replace trigger registry_history_guard before update or delete on registry_history
   for each row execute function hub_registry_history_guard()`,
];

/**
 * Opens the tables in a database and makes what is missing.
 * @param url - `postgresql://…`
 */
export async function openRegistryStore(url: string, clock: Clock = systemClock): Promise<RegistryStore> {
  const orm = await MikroORM.init({ clientUrl: url, entities, pool: { min: 0, max: 4 }, forceUtcTimezone: true });
  await migrate(orm);
  return {
    url,
    clock,
    read: (work) => within(orm, work, { reading: true }),
    write: (work) => within(orm, work),
    change: (work) =>
      within(orm, async (em) => {
        // Positions are dense because there is one writer at a time: changes are few.
        await em.execute(`select pg_advisory_xact_lock(hashtext('${channel}'))`);
        const now = new Date(clock.nowMs());
        const result = await work({ em, now, tell: (event) => tell(em, { ...event, at: now }) });
        await em.execute(`select pg_notify('${channel}', '')`);
        return result;
      }),
    [Symbol.asyncDispose]: () => orm.close(true),
  };
}

/**
 * Kysely gives a connection back however its transaction ends. MikroORM's own keeps one for ever when the database ended it
 * before BEGIN or ROLLBACK was through: after a few failovers the pool would be empty.
 */
function within<Result>(orm: MikroORM, work: (em: EntityManager) => Promise<Result>, { reading = false } = {}): Promise<Result> {
  const plain = orm.em.fork().getKysely().transaction();
  const transaction = reading ? plain.setIsolationLevel('repeatable read').setAccessMode('read only') : plain;
  return transaction.execute(async (context) => {
    const em = orm.em.fork();
    em.setTransactionContext(context);
    const result = await work(em);
    await em.flush();
    return result;
  });
}

/** Comparing the tables with the database takes longer than all else, so the database says what it was made by. */
async function migrate(orm: MikroORM): Promise<void> {
  const wanted = createHash('sha256')
    .update([await orm.schema.getCreateSchemaSQL(), ...guards].join('\n'))
    .digest('hex');
  const [made] = await orm.em.execute<{ by: string | null }[]>(`select obj_description(to_regclass('registry_history'), 'pg_class') as by`);
  if (made?.by === wanted) return;
  await orm.schema.update({ safe: true });
  for (const guard of [...guards, `comment on table registry_history is '${wanted}'`]) await orm.em.execute(guard);
}

async function tell(em: EntityManager, event: Omit<HistoryEvent, 'position'>): Promise<number> {
  const [last] = await em.find(historyEntity, {}, { orderBy: { position: 'desc' }, limit: 1, disableIdentityMap: true });
  const position = (last?.position ?? 0) + 1;
  await em.insert(historyEntity, { ...event, position });
  return position;
}
