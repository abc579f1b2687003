import { expect, test } from 'vitest';

import { Ticker } from './ticker.ts';

test('nothing in the first second, then once a turn', () => {
  const ticker = new Ticker({ firstMs: 1_000, everyMs: 5_000, startMs: 100 });
  expect([100, 1_099, 1_100, 1_101, 6_099, 6_100, 20_000, 20_001].filter((nowMs) => ticker.isDue(nowMs))).toEqual([1_100, 6_100, 20_000]);
});
