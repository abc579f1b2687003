/**
 * One sequencer, and what happens when there are two, or when it is killed.
 * @see design/feed.md 2
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { type SequencerStep, startSequencer } from '@hub/kit';
import { type TestDatabase, openTestDatabase, sequence } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type FeedSystem, openFeedSystem, put, sequenced } from '../support/feed-system.ts';
import { root } from '../support/repository.ts';
import { sizeOf } from '../support/sizes.ts';

let database: TestDatabase;
let system: FeedSystem;
let sql: postgres.Sql;
let batches = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  system = await openFeedSystem(database.url, { poolSize: 12 });
  sql = postgres(database.url, { max: 8, onnotice: () => {} });
});
afterAll(async () => {
  await sql.end();
  await system[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const onFault = (cause: unknown): void => expect.fail(String(cause));
const change = (count: number): Promise<unknown> =>
  system.accept(...Array.from({ length: count }, (_, place) => put('PROJECT', `${(batches += 1)}-${place}`, { PROJECT_NAME: '甲' })));

/** Every change has one position, and positions are 1, 2, 3 …; versions of a record rise with them. */
async function stateOfFeed(): Promise<unknown> {
  const [told] = await sql`select count(*) = count(distinct outbox) and count(*) = max(position) and min(position) = 1 as dense,
      count(*) = (select count(*) from outbox) as whole,
      not exists (select from (
        select version - lag(version) over (partition by dataset, key order by position) as step from feed join outbox on id = outbox
      ) s where step < 1) as rising
    from feed`;
  return told;
}

const sound = { dense: true, whole: true, rising: true };

const headOf = async (): Promise<number> => (await sql`select from outbox`).count;

test('two sequencers forced at once: positions stay dense, and nothing is told twice', async () => {
  for (let round = 0; round < sizeOf({ test: 20, prove: 500 }); round += 1) {
    await change(5);
    await Promise.all([sequence(sql, 1000), sequence(sql, 3), sequence(sql, 1000), change(3)]);
  }
  await sequenced(sql, system, await headOf());
  expect(await stateOfFeed()).toEqual(sound);
});

test('versions of a record rise with the positions, whichever of its writers began first', async () => {
  const keys = Array.from({ length: 12 }, (_, place) => `K${place}`);
  for (let round = 0; round < sizeOf({ test: 5, prove: 100 }); round += 1) {
    await Promise.all(
      keys.map((_, writer) =>
        system.accept(...keys.slice(writer).map((key) => put('SECTION', key, { BID_SECTION_NAME: `${round} ${writer}` }))),
      ),
    );
  }
  await sequenced(sql, system, await headOf());
  expect(await stateOfFeed()).toEqual(sound);
});

test('one leads; when its session ends, another takes over', async () => {
  const steps: string[] = [];
  const open = (name: string) =>
    startSequencer({ url: database.url, onFault: () => {}, onStep: (step) => void steps.push(`${name} ${step}`) });
  await using _first = open('first');
  await expect.poll(() => steps).toContain('first waiting');
  await using _second = open('second');
  await expect.poll(() => steps).toContain('second following');
  expect(steps).not.toContain('second leading');
  // As a failover does: the first loses its session, and follows when the second is faster.
  await sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 6845799 and granted
    and database = (select oid from pg_database where datname = current_database())`;
  await change(3);
  await expect.poll(async () => (await system.page({})).head).toBe(await headOf());
  expect(steps.filter((step) => step.endsWith(' leading')).length).toBeGreaterThan(1);
});

test('feed.md 3: an open transaction delays the feed and is told of after 5 s; nothing is lost', async () => {
  let nowMs = 0;
  const alarms: number[] = [];
  const clock = { nowMs: () => nowMs };
  await using sequencer = startSequencer({ url: database.url, onFault, onFenceHeld: (heldMs) => void alarms.push(heldMs), clock });
  const holder = await sql.reserve();
  await holder`begin`;
  await holder`select pg_current_xact_id()`;
  const head = await headOf();
  await change(2);
  await expect.poll(async () => (await sql`select from outbox`).count).toBe(head + 2);
  await expect
    .poll(() => {
      nowMs += 1_000;
      return alarms.length;
    })
    .toBe(1);
  expect(alarms[0]).toBeGreaterThanOrEqual(5_000);
  expect((await system.page({})).head).toBe(head);
  await holder`commit`;
  holder.release();
  await expect.poll(async () => (await system.page({})).head).toBe(head + 2);
  await expect.poll(() => sequencer.heldMs()).toBe(0);
});

describe('killed (SIGKILL) between any two statements, the next one goes on without a gap', () => {
  const all: readonly (readonly [SequencerStep, number])[] = [
    ['sequencing', 1],
    ['sequenced', 1],
    ['connected', 1],
    ['leading', 1],
    ['sequencing', 2],
    ['waiting', 1],
  ];
  // A process of its own takes a second to start.
  const steps = all.slice(0, sizeOf({ test: 2, prove: all.length }));

  test.each(steps)('%s, time %i', async (step, turn) => {
    for (let round = 0; round < sizeOf({ test: 1, prove: 20 }); round += 1) {
      await change(50);
      const program = join(root, 'tests/exchange/sequencer-process.ts');
      const child = spawn(process.execPath, [program, database.url, step, String(turn)], { stdio: ['ignore', 'ignore', 'inherit'] });
      expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
      await change(5);
      await using _ = startSequencer({ url: database.url, onFault });
      await expect.poll(async () => (await system.page({})).head, { timeout: 20_000 }).toBe(await headOf());
      expect(await stateOfFeed()).toEqual(sound);
    }
  });
});
