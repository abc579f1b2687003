import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { randomFrom } from './random.ts';

describe('chance is decided by its seed alone', () => {
  test('the same seed gives the same sequence, for ever', () => {
    const random = randomFrom('hub/1');
    expect([random.whole(0, 999), random.whole(0, 999), random.hex(8), random.pick(['a', 'b', 'c'])]).toEqual([382, 219, '45d14e13', 'a']);
  });

  test('other seeds give other sequences', () => {
    const first = (seed: string): number => randomFrom(seed).next();
    expect(new Set(Array.from({ length: 1000 }, (_, index) => first(`seed/${index}`))).size).toBe(1000);
  });

  test('whole numbers stay within their bounds and reach both', () => {
    const random = randomFrom('dice');
    const thrown = new Set(Array.from({ length: 200 }, () => random.whole(1, 6)));
    expect(thrown).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  test('next is spread evenly', () => {
    const random = randomFrom('even');
    const tenths = Map.groupBy(
      Array.from({ length: 10_000 }, () => random.next()),
      (value) => Math.floor(value * 10),
    );
    expect(new Set(tenths.keys())).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    expect([...tenths.values()].every(({ length }) => length > 850 && length < 1150)).toBe(true);
  });

  test('some takes different items, all of them when too many are asked', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { maxLength: 20 }), fc.nat(30), fc.string(), (list, count, seed) => {
        const taken = randomFrom(seed).some(list, count);
        expect(new Set(taken).size).toBe(Math.min(count, list.length));
        expect(taken.every((item) => list.includes(item))).toBe(true);
      }),
    );
  });

  test('nothing can be picked from nothing', () => {
    expect(() => randomFrom('x').pick([])).toThrow(RangeError);
  });
});
