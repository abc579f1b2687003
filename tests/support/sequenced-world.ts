/**
 * A system whose feed is written to and sequenced by whoever a test lets, and what must hold of the feed whatever befell it.
 * @see design/feed.md 2
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { type SequencerStep, startOpener, startSequencer } from '@hub/kit';
import { migratedForSystems, openTestDatabase, sequence } from '@hub/kit/testing';
import postgres from 'postgres';
import { expect } from 'vitest';

import { type FeedSystem, openFeedSystem, put, sequenced } from './feed-system.ts';
import { root } from './repository.ts';
import { toyProvince } from './toy-province.ts';

/** It. */
export interface SequencedWorld extends AsyncDisposable {
  readonly url: string;
  readonly sql: postgres.Sql;
  readonly system: FeedSystem;
  /** Writes so many records that nobody has written before. */
  change(count: number): Promise<unknown>;
  /** Changes that were written and are not sealed. */
  headOf(): Promise<number>;
  /** Of every change, whether it has one position, positions are 1, 2, 3 … and versions of a record rise with them: `sound`. */
  state(): Promise<unknown>;
}

/** What `state` says of a feed that is as it must be. */
export const sound = { dense: true, whole: true, rising: true, sealed: 0 };

/** Opens it, on a database of its own. */
export async function openSequencedWorld(): Promise<SequencedWorld> {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await openTestDatabase(migratedForSystems(await toyProvince())));
  const system = opened.use(await openFeedSystem(database.url, { poolSize: 12 }));
  const sql = postgres(database.url, { max: 8, onnotice: () => {} });
  opened.defer(() => sql.end());
  let batches = 0;
  const running = opened.move();
  return {
    url: database.url,
    sql,
    system,
    change: (count) =>
      system.accept(...Array.from({ length: count }, (_, place) => put('PROJECT', `${(batches += 1)}-${place}`, { PROJECT_NAME: '甲' }))),
    headOf: async () => (await sql`select from outbox`).count,
    async state() {
      const [told] = await sql`select count(*) = count(distinct outbox) and count(*) = max(position) and min(position) = 1 as dense,
          count(*) = (select count(*) from outbox) as whole,
          not exists (select from (
            select version - lag(version) over (partition by dataset, key order by position) as step from feed join outbox on id = outbox
          ) s where step < 1) as rising,
          (select count(*)::int from sealed_change) as sealed
        from feed`;
      return told;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Two sequencers, forced at once, so many times. @returns The state afterwards. */
export async function forceTwo(world: SequencedWorld, rounds: number): Promise<unknown> {
  const { sql, system } = world;
  for (let round = 0; round < rounds; round += 1) {
    await world.change(5);
    await Promise.all([sequence(sql, 1000), sequence(sql, 3), sequence(sql, 1000), world.change(3)]);
  }
  await sequenced(sql, system, await world.headOf());
  return world.state();
}

/** Twelve writers of the same records at once, so many times. @returns The state afterwards. */
export async function writeTogether(world: SequencedWorld, rounds: number): Promise<unknown> {
  const { sql, system } = world;
  const keys = Array.from({ length: 12 }, (_, place) => `K${place}`);
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(
      keys.map((_, writer) =>
        system.accept(...keys.slice(writer).map((key) => put('SECTION', key, { BID_SECTION_NAME: `${round} ${writer}` }))),
      ),
    );
  }
  await sequenced(sql, system, await world.headOf());
  return world.state();
}

/** A sequencer's process that is killed at the step, and another that goes on. @returns How it ended, and the state afterwards. */
export async function killAt(world: SequencedWorld, step: SequencerStep, turn: number): Promise<readonly unknown[]> {
  await world.change(50);
  const program = join(root, 'tests/exchange/sequencer-process.ts');
  const child = spawn(process.execPath, [program, world.url, step, String(turn)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended: unknown = await once(child, 'exit');
  await world.change(5);
  return [ended, await goesOn(world)];
}

/** What `killAt` returns when all is well. */
export const killedAndSound = [[null, 'SIGKILL'], sound];

/** Another sequencer and opener bring the feed to where it must be. @returns The state afterwards. */
export async function goesOn(world: SequencedWorld): Promise<unknown> {
  const onFault = (cause: unknown): void => expect.fail(String(cause));
  await using _sequencer = startSequencer({ url: world.url, onFault });
  await using _opener = startOpener({ store: world.system.store, onFault });
  const whole = async () => [(await world.system.page({})).head === (await world.headOf()), await world.state()];
  await expect.poll(whole, { timeout: 20_000 }).toEqual([true, sound]);
  return await world.state();
}
