import { expect, test } from 'vitest';

import { FenceGauge } from './fence-gauge.ts';

test('feed.md 3: how long changes have waited behind one open transaction', () => {
  const gauge = new FenceGauge();
  const seen = [
    { fence: '7', waiting: false, nowMs: 0 },
    { fence: '7', waiting: true, nowMs: 1_000 },
    { fence: '7', waiting: true, nowMs: 4_000 },
    // Another transaction is the oldest now.
    { fence: '9', waiting: true, nowMs: 5_000 },
    { fence: '9', waiting: true, nowMs: 9_000 },
    { fence: '9', waiting: false, nowMs: 9_500 },
    { fence: '9', waiting: true, nowMs: 10_000 },
  ];
  expect(seen.map(({ nowMs, ...fence }) => gauge.observe(fence, nowMs))).toEqual([0, 0, 3_000, 0, 4_000, 0, 0]);
});
