/** @see pulse.ts */
import { describe, expect, test } from 'vitest';

import { pulseOf } from './pulse.ts';

const hourMs = 3_600_000;
const now = 500_000;
/** The same number in each of the given hours. */
const hours = (from: number, to: number, changes: number): ReadonlyMap<number, number> =>
  new Map(Array.from({ length: to - from + 1 }, (_, place) => [from + place, changes]));

describe('A system against the weeks before', () => {
  test('what is usual is the mean of the same hour, of the weeks in which it was known', () => {
    const past = new Map([
      [now - 168, 6],
      [now - 336, 2],
      [now - 1, 100],
    ]);
    expect(pulseOf(past, now - 400, now * hourMs)).toMatchObject({ expected: 4, lastHour: now - 1, changes: 0, silent: false });
    expect(pulseOf(past, now - 672, now * hourMs)).toMatchObject({ expected: 2 });
  });

  test('with less than a week behind it nothing is usual, and no silence is strange', () => {
    expect(pulseOf(hours(now - 100, now - 50, 9), now - 100, now * hourMs)).toEqual({
      lastHour: now - 50,
      changes: 0,
      expected: undefined,
      missed: undefined,
      silent: false,
    });
  });

  test('silence is an alarm as soon as ten changes ought to have come', () => {
    const busy = hours(now - 700, now - 3, 4);
    expect(pulseOf(busy, now - 700, now * hourMs)).toMatchObject({ missed: 8, silent: false });
    expect(pulseOf(busy, now - 700, now * hourMs + hourMs / 2)).toMatchObject({ missed: 10, silent: true });
  });

  test('a system that never says anything at night may be silent at night', () => {
    const byDay = new Map([...hours(now - 700, now - 10, 50)].filter(([hour]) => (now - hour) % 24 >= 10));
    expect(pulseOf(byDay, now - 700, now * hourMs)).toMatchObject({ expected: 0, missed: 0, silent: false });
  });
});
