/**
 * How long a source that failed is left alone. @see retry-delay.ts
 */
import { expect, test } from 'vitest';

import { readRetryAfter, retryDelay } from './retry-delay.ts';

const delays = (random: number) => [1, 2, 3, 9, 10, 1_000].map((failures) => retryDelay({ failures, again: 'SOON', random: () => random }));

test('from a second to five minutes, half of it certain', () => {
  expect(delays(0)).toEqual([500, 1_000, 2_000, 128_000, 150_000, 150_000]);
  expect(delays(1)).toEqual([1_000, 2_000, 4_000, 256_000, 300_000, 300_000]);
});

test('a source may ask for more patience, within bounds', () => {
  const asked = (retryAfterMs: number) => retryDelay({ failures: 1, again: 'SOON', retryAfterMs, random: () => 1 });
  expect([0, 120_000, 1e12].map(asked)).toEqual([1_000, 120_000, 900_000]);
});

test('another question is put at once, but not for ever; a system without a feed is looked at now and then', () => {
  expect([1, 2].map((failures) => retryDelay({ failures, again: 'AT_ONCE', random: () => 1 }))).toEqual([0, 2_000]);
  expect(retryDelay({ failures: 1, again: 'RARELY', random: () => 0 })).toBe(450_000);
});

test('Retry-After is seconds or a date; anything else says nothing', () => {
  const nowMs = Date.parse('2026-11-23T00:00:00Z');
  const read = ['120', 'Mon, 23 Nov 2026 00:01:00 GMT', 'Mon, 23 Nov 2020 00:00:00 GMT', 'soon', '-5', undefined];
  expect(read.map((header) => readRetryAfter(header, nowMs))).toEqual([120_000, 60_000, 0, undefined, undefined, undefined]);
});
