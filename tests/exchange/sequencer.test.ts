/**
 * One sequencer, and what happens when there are two, or when it is killed. Full sizes are in `sequencer.prove.ts`.
 * @see design/feed.md 2
 */
import { startSequencer } from '@hub/kit';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  type SequencedWorld,
  forceTwo,
  killAt,
  killedAndSound,
  openSequencedWorld,
  sound,
  writeTogether,
} from '../support/sequenced-world.ts';

let world: SequencedWorld;
beforeAll(async () => void (world = await openSequencedWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const onFault = (cause: unknown): void => expect.fail(String(cause));

test('two sequencers forced at once: positions stay dense, and nothing is told twice', async () => {
  expect(await forceTwo(world, 10)).toEqual(sound);
});

test('versions of a record rise with the positions, whichever of its writers began first', async () => {
  expect(await writeTogether(world, 3)).toEqual(sound);
});

test('one leads; when its session ends, another takes over', async () => {
  const steps: string[] = [];
  const open = (name: string) =>
    startSequencer({ url: world.url, onFault: () => {}, onStep: (step) => void steps.push(`${name} ${step}`) });
  await using _first = open('first');
  await expect.poll(() => steps).toContain('first waiting');
  await using _second = open('second');
  await expect.poll(() => steps).toContain('second following');
  expect(steps).not.toContain('second leading');
  // As a failover does: the first loses its session, and follows when the second is faster.
  await world.sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 6845799 and granted
    and database = (select oid from pg_database where datname = current_database())`;
  await world.change(3);
  // A follower looks twice a second, and this machine may have other work.
  await expect.poll(async () => (await world.system.page({})).head, { timeout: 10_000 }).toBe(await world.headOf());
  expect(steps.filter((step) => step.endsWith(' leading')).length).toBeGreaterThan(1);
});

test('a poke ends the pause: what was committed is seen without waiting for the next look', async () => {
  const steps: string[] = [];
  const hourMs = 3_600_000;
  await using sequencer = startSequencer({ url: world.url, onFault, idleMs: hourMs, onStep: (step) => void steps.push(step) });
  await expect.poll(() => steps, { timeout: 10_000 }).toContain('waiting');
  await world.change(1);
  const head = await world.headOf();
  // Again and again, for other transactions of the cluster may hold a change back for a moment.
  const seen = async (): Promise<number> => {
    sequencer.poke();
    return (await world.system.page({})).head;
  };
  await expect.poll(seen, { timeout: 10_000 }).toBe(head);
});

test('feed.md 3: an open transaction delays the feed and is told of after 5 s; nothing is lost', async () => {
  let nowMs = 0;
  const alarms: number[] = [];
  const clock = { nowMs: () => nowMs };
  await using sequencer = startSequencer({ url: world.url, onFault, onFenceHeld: (heldMs) => void alarms.push(heldMs), clock });
  const holder = await world.sql.reserve();
  await holder`begin`;
  await holder`select pg_current_xact_id()`;
  const head = await world.headOf();
  await world.change(2);
  await expect.poll(() => world.headOf()).toBe(head + 2);
  await expect
    .poll(() => {
      nowMs += 1_000;
      return alarms.length;
    })
    .toBe(1);
  expect(alarms[0]).toBeGreaterThanOrEqual(5_000);
  expect((await world.system.page({})).head).toBe(head);
  await holder`commit`;
  holder.release();
  await expect.poll(async () => (await world.system.page({})).head).toBe(head + 2);
  await expect.poll(() => sequencer.heldMs()).toBe(0);
});

test('killed (SIGKILL) while its statement runs, the next one goes on without a gap', async () => {
  expect(await killAt(world, 'sequencing', 1)).toEqual(killedAndSound);
});
