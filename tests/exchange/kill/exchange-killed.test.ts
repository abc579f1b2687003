/**
 * The exchange killed (SIGKILL) while it takes a system's feed: what it was answered for is there, nothing is half there, and what
 * it takes again has no second effect.
 * @see design/feed.md 8; fail-points.json
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

import { readSource, takePage } from '@hub/exchange';
import { type TestExchange, openTestExchange } from '@hub/exchange/testing';
import { sequence } from '@hub/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { root } from '../../support/repository.ts';
import { proving, sizeOf } from '../../support/sizes.ts';

import { failPoints, stepsOf } from './fail-points.ts';
import { decisionsOf, isFeedDense, sound, soundnessOf } from './journal-state.ts';
import { killCount } from './kill-count.ts';
import { madePage, pageEntries } from './made-feed.ts';
import { type Ended, runProgram } from './run-program.ts';

const program = join(root, 'tests/exchange/kill/journal-process.ts');
/** Pages of two transactions each, and the last not a whole one. */
const head = sizeOf({ test: 1, prove: 3 }) * pageEntries + 37;
const minutesMs = 60_000 * sizeOf({ test: 3, prove: 60 });

const kills = killCount('exchange');
let exchange: TestExchange;
let whole: readonly unknown[];
let untouched: string;
beforeAll(async () => {
  exchange = await openTestExchange();
  untouched = exchange.system();
  await takeRest(untouched);
  whole = await decisionsOf(exchange.sql, untouched);
});
afterAll(async () => {
  await exchange[Symbol.asyncDispose]();
  await kills.record();
});

test('what nobody killed is whole', async () => {
  expect(whole).toHaveLength(head);
  expect(await soundnessOf(exchange.sql, untouched)).toEqual(sound);
});

test('25 points or more are named, and they are all the steps that taking a page has', async () => {
  expect(failPoints.length).toBeGreaterThanOrEqual(25);
  const steps: string[] = [];
  const watched = await exchange.another({ onStep: (step) => void steps.push(step) });
  await takePage(watched, madePage(exchange.system(), 0, 6));
  expect(steps).toEqual(stepsOf('journal'));
});

describe('at a named point', () => {
  const points = proving
    ? [1, 2, 4].flatMap((turn) => stepsOf('journal').map((step) => [step, turn] as const))
    : ([['receipt:after', 2]] as const);
  test.each(points)('%s, time %i', { timeout: minutesMs }, async (step, turn) => {
    const system = exchange.system();
    const { ended } = runProgram(program, [exchange.databaseUrl, system, head, 'self', step, turn]);
    const { signal, complaint, lines } = await ended;
    expect({ signal, complaint }).toEqual({ signal: 'SIGKILL', complaint: '' });
    kills.add(`journal ${step}`);
    await holdsAndGoesOn(system, lines);
  });
});

// In its small size: tests/exchange/sequencer.test.ts, for it is the same sequencer.
describe.runIf(proving)('the sequencer of its streams, at a named point', () => {
  test.each(stepsOf('sequencer'))('%s', { timeout: minutesMs }, async (step) => {
    const system = exchange.system();
    await takePage(exchange.store, madePage(system, 0, head));
    const sequencer = runProgram(join(root, 'tests/exchange/sequencer-process.ts'), [exchange.store.url, step, 1]);
    const { signal } = await sequencer.ended;
    expect(signal).toBe('SIGKILL');
    kills.add(`sequencer ${step}`);
    await holdsAndGoesOn(system, []);
  });
});

test('at any moment', { timeout: minutesMs }, async () => {
  for (let moments = sizeOf({ test: 1, prove: 200 }); moments > 0; moments -= 1) {
    const system = exchange.system();
    const { child, begun, ended } = runProgram(program, [exchange.databaseUrl, system, head]);
    await begun;
    const momentMs = randomInt(0, 250);
    await after(momentMs);
    child.kill('SIGKILL');
    const { code, lines }: Ended = await ended;
    expect(code ?? 0, `${momentMs} ms`).toBe(0);
    kills.add('journal, any moment');
    await holdsAndGoesOn(system, lines);
  }
});

test(
  'two processes that take the same pages at once: each change once; also when one of them is killed',
  { timeout: minutesMs },
  async () => {
    for (let rounds = sizeOf({ test: 1, prove: 40 }); rounds > 0; rounds -= 1) {
      const system = exchange.system();
      const [one, other] = [0, 1].map(() => runProgram(program, [exchange.databaseUrl, system, head]));
      // Every second time, in the full size: one dies on the way.
      if (rounds % 2 === 0) {
        await one?.begun;
        await after(randomInt(0, 250));
        one?.child.kill('SIGKILL');
        kills.add('one of two, any moment');
      }
      const [first, last] = await Promise.all([one?.ended, other?.ended]);
      expect([last?.code, first?.complaint, last?.complaint]).toEqual([0, '', '']);
      expect(await decisionsOf(exchange.sql, system)).toEqual(whole);
      await holdsAndGoesOn(system, last?.lines ?? []);
    }
  },
);

test('two sequencers forced at once on all streams, while pages are taken: positions stay dense', { timeout: minutesMs }, async () => {
  for (let rounds = sizeOf({ test: 3, prove: 200 }); rounds > 0; rounds -= 1) {
    const system = exchange.system();
    const taken = takePage(exchange.store, madePage(system, 0, 30));
    await Promise.all([taken, ...[1_000, 3, 1_000].map((most) => sequence(exchange.sql, most))]);
    await Promise.all([7, 1_000].map((most) => sequence(exchange.sql, most)));
  }
  await exchange.sequence();
  expect(await isFeedDense(exchange.sql)).toBe(true);
});

/** The journal is sound as the kill left it and has what was answered for; taken on to the end, it is as if nobody had died. */
async function holdsAndGoesOn(system: string, lines: readonly string[]): Promise<void> {
  const answered = Number(lines.at(-1)?.split(' ')[1] ?? 0);
  expect(await soundnessOf(exchange.sql, system)).toEqual(sound);
  expect((await readSource(exchange.store, system))?.position ?? 0).toBeGreaterThanOrEqual(answered);
  await exchange.sequence();
  // The last page that was answered for comes again, as after a lost answer.
  await takePage(exchange.store, madePage(system, Math.max(0, answered - pageEntries), head));
  await takeRest(system);
  expect(await soundnessOf(exchange.sql, system)).toEqual(sound);
  expect(await decisionsOf(exchange.sql, system)).toEqual(whole);
  await exchange.sequence();
  expect(await isFeedDense(exchange.sql)).toBe(true);
}

async function takeRest(system: string): Promise<void> {
  for (let position = (await readSource(exchange.store, system))?.position ?? 0; position < head;) {
    ({ position } = await takePage(exchange.store, madePage(system, position, head)));
  }
}
