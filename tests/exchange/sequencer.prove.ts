/**
 * The sequencer and the opener of seals at full size: forced at once, and killed between any two statements and at any moment.
 * @see design/feed.md 2
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

import type { SequencerStep } from '@hub/kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { put } from '../support/feed-system.ts';
import { root } from '../support/repository.ts';
import {
  type SequencedWorld,
  forceTwo,
  goesOn,
  killAt,
  killedAndSound,
  openSequencedWorld,
  sound,
  writeTogether,
} from '../support/sequenced-world.ts';

let world: SequencedWorld;
beforeAll(async () => void (world = await openSequencedWorld()));
afterAll(() => world[Symbol.asyncDispose]());

test('two sequencers forced at once, 500 times', async () => {
  expect(await forceTwo(world, 500)).toEqual(sound);
});

test('twelve writers of the same records, 100 times', async () => {
  expect(await writeTogether(world, 100)).toEqual(sound);
});

describe('killed (SIGKILL) 20 times between two statements', () => {
  const steps: readonly (readonly [SequencerStep, number])[] = [
    ['sequencing', 1],
    ['sequenced', 1],
    ['connected', 1],
    ['leading', 1],
    ['sequencing', 2],
    ['waiting', 1],
  ];

  test.each(steps)('%s, time %i', async (step, turn) => {
    for (let round = 0; round < 20; round += 1) expect(await killAt(world, step, turn)).toEqual(killedAndSound);
  });
});

test('killed at 200 random moments, while records are written, sealed and opened', async () => {
  const program = join(root, 'tests/exchange/feed-process.ts');
  const opening = (round: number) => ({ BID_SECTION_CODES: `L${round}`, BID_OPEN_TIME: '20260902090000' });
  for (let round = 0; round < 200; round += 1) {
    const bid = put('TENDER_LIST', `B${round}`, { BID_SECTION_CODE: `L${round}` });
    await world.system.accept(bid, { ...bid, record: { ...bid.record, fields: { ...bid.record.fields, BID_MANAGER: '张三' } } });
    const child = spawn(process.execPath, [program, world.url], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const ended = once(child, 'exit');
    const killed = after(Math.random() * 60).then(() => child.kill('SIGKILL'));
    await world.system.accept(put('TENDER_ANN_QUA_INQUERY_ANN', `N${round}`, { NOTICE_NAME: '公告', ...opening(round) }));
    await world.change(20);
    expect([await killed, await ended]).toEqual([true, [null, 'SIGKILL']]);
    if (round % 10 === 9) await goesOn(world);
  }
  expect(await world.state()).toEqual(sound);
});
