import { createLog } from '@hub/kit/process';
import { describe, expect, test } from 'vitest';

import { pauseAfter, Place } from './place.ts';
import type { Worker } from './worker.ts';

interface Fake extends Worker {
  die(): void;
}

/** A place whose workers the test ends itself. */
function placeOf(open: (nth: number) => Promise<void> = async () => {}) {
  const told: string[] = [];
  const started: Fake[] = [];
  const over = new AbortController();
  let opened = (): void => {};
  const start = (): Fake => {
    const number = started.length + 1;
    const { promise: ended, resolve } = Promise.withResolvers<string>();
    const end = async (): Promise<void> => resolve('told');
    const drain = async (): Promise<void> => (told.push(`drain ${number}`), end());
    const worker = { number, ready: Promise.resolve(), ended, give: async () => true, drain, stop: end, die: () => resolve('SIGKILL') };
    started.push(worker);
    return worker;
  };
  const nameOf = (worker: object): string => String(started.findIndex((each) => each === worker) + 1);
  const place = new Place(start(), {
    open: async () => {
      const worker = start();
      await open(worker.number);
      return worker;
    },
    turns: {
      add: (worker) => (told.push(`add ${nameOf(worker)}`), opened()),
      remove: (worker) => void told.push(`remove ${nameOf(worker)}`),
    },
    log: createLog('test', 'silent'),
    over: over.signal,
  });
  return { place, told, started, over, next: () => new Promise<void>((resolve) => (opened = resolve)) };
}

describe('A place of several on a port', () => {
  test('is given to the new worker before the old one gets no more and drains', async () => {
    const { place, told } = placeOf();
    expect(await place.renew()).toBe(true);
    expect(told).toEqual(['add 1', 'add 2', 'remove 1', 'drain 1', 'remove 1']);
    expect(place.number).toBe(2);
  });

  test('stays with the old worker when the new one does not open', async () => {
    const { place, told } = placeOf(() => Promise.reject(new Error('broken')));
    expect(await place.renew()).toBe(false);
    expect(told).toEqual(['add 1']);
    expect(place.number).toBe(1);
  });

  test('is taken by another worker when one dies, also when the first attempts fail', async () => {
    const { place, told, started, next } = placeOf((nth) => (nth < 4 ? Promise.reject(new Error('broken')) : Promise.resolve()));
    const taken = next();
    started[0]?.die();
    await taken;
    expect(told).toEqual(['add 1', 'remove 1', 'add 4']);
    expect(place.number).toBe(4);
  });

  test('has one worker when the old one dies while the new one opens', async () => {
    const { place, told, started } = placeOf(async (nth) => started[nth - 2]?.die());
    expect(await place.renew()).toBe(true);
    // What the death asked for comes in its turn, and finds that there is another.
    expect(await place.renew()).toBe(true);
    expect(told).toEqual(['add 1', 'remove 1', 'add 2', 'remove 1', 'drain 1', 'remove 2', 'add 3', 'remove 2', 'drain 2']);
  });

  test('stays empty when all are to end', async () => {
    const { told, started, over } = placeOf();
    over.abort();
    started[0]?.die();
    await started[0]?.ended;
    expect(told).toEqual(['add 1', 'remove 1']);
  });

  test('waits longer from failure to failure, half a minute at most', () => {
    expect([0, 1, 2, 8, 9, 1000].map(pauseAfter)).toEqual([100, 200, 400, 25_600, 30_000, 30_000]);
  });
});
