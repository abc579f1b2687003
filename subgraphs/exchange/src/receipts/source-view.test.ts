/**
 * What is told of a source beside its state. @see source-view.ts
 */
import { expect, test } from 'vitest';

import type { SourceState } from '../store/source-state.ts';

import { sourceView } from './source-view.ts';

const source: SourceState = {
  system: 'city',
  epoch: 'epoch-1',
  position: 3,
  snapshot: 0,
  cursor: null,
  head: 3,
  state: 'FOLLOWING',
  since: '2026-11-23T00:00:00.000000Z',
  fault: null,
  failures: 0,
  retryAt: null,
  offsetMs: null,
  heardAt: null,
};

test('a clock that is more than a minute off is warned of, whichever way, and nothing else is', () => {
  const offsets = [null, 0, 60_000, -60_000, 60_001, -86_400_000];
  const told = offsets.map((offsetMs) => sourceView({ ...source, offsetMs }));
  expect(told.map(({ warningCode, warningZh }) => [warningCode, warningZh?.slice(0, 16)])).toEqual([
    ...Array.from({ length: 4 }, () => [null, undefined]),
    ['CLOCK_OFF', '它的时钟比枢纽快约 1 分钟，签'],
    ['CLOCK_OFF', '它的时钟比枢纽慢约 1440 分'],
  ]);
});
