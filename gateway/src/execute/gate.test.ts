/** @see gate.ts */
import { expect, test } from 'vitest';

import type { Call } from '../admit/call.ts';
import { Gate } from './gate.ts';
import type { Executed } from './operation.ts';

test('while the loop never rests four are under way, and the next begins when one ends, first come first', async () => {
  const { ask, begun, end, turn } = gate();
  const asked = Array.from({ length: 7 }, (_, number) => ask(number));
  expect(begun).toEqual([0, 1, 2, 3]);
  turn(5);
  expect(begun).toHaveLength(4);
  end(3);
  await asked[3];
  await settled();
  expect(begun.slice(4)).toEqual([4]);
  end(0);
  end(1);
  await Promise.all([asked[0], asked[1]]);
  await settled();
  expect(begun.slice(4)).toEqual([4, 5, 6]);
});

test('each turn in which there was nothing to do one more begins; one that fails makes room too', async () => {
  const { ask, begun, end, turn } = gate();
  const asked = Array.from({ length: 7 }, (_, number) => ask(number));
  for (const [ms, expected] of [
    [0.01, 5],
    [3, 5],
    [0.01, 6],
  ] as const) {
    turn(ms);
    await settled();
    expect(begun).toHaveLength(expected);
  }
  // Six are under way: three have to end before the seventh may begin in a busy loop.
  for (const [place, number] of [2, 5, 3].entries()) {
    end(number, new Error('broken'));
    await expect(asked[number]).rejects.toThrow('broken');
    await settled();
    expect(begun).toHaveLength(place < 2 ? 6 : 7);
  }
});

test('when nobody waits nothing is watched', async () => {
  const { ask, end, turns } = gate();
  const asked = Array.from({ length: 5 }, (_, number) => ask(number));
  expect(turns).toHaveLength(1);
  end(2);
  await asked[2];
  await settled();
  turns.shift()?.();
  expect(turns).toEqual([]);
});

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

function gate() {
  let nowMs = 0;
  const turns: (() => void)[] = [];
  const begun: number[] = [];
  const ends = new Map<number, (error?: Error) => void>();
  const through = new Gate({ nowMs: () => nowMs, next: (then) => void turns.push(then) });
  const notes = { incomplete: false, admitted: true, remarks: [] };
  const call: Call = { grants: 'PUBLIC', client: 'a', deadlineMs: Infinity, signal: new AbortController().signal, notes };
  const run = through.through(async ({ number }) => {
    begun.push(Number(number));
    const { promise, resolve, reject } = Promise.withResolvers<Executed>();
    ends.set(Number(number), (error) => (error === undefined ? resolve({ errors: [], faults: [] }) : reject(error)));
    return promise;
  });
  return {
    begun,
    turns,
    ask: (number: number) => run({ number }, call),
    end: (number: number, error?: Error) => ends.get(number)?.(error),
    /** The loop comes round after so many milliseconds. */
    turn: (ms: number) => {
      nowMs += ms;
      turns.shift()?.();
    },
  };
}
