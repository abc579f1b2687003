/**
 * What everybody may read of a system’s history.
 */
import { expect, test } from 'vitest';

import { type EventRow, toldEvents } from './told-events.ts';

const line = (what: string, version: number | null = null, reason: string | null = null): EventRow => ({ at: '1', what, version, reason });

test('where a system listens anew at each start is no event; a version, leaving, coming back and going back are', () => {
  const rows = [
    line('SEEDED'),
    line('PUBLISHED'),
    line('PUBLISHED'),
    line('PUBLISHED', 1),
    line('PUBLISHED', 1),
    line('PUBLISHED', 2),
    line('ROLLED_BACK', 1),
    line('PUBLISHED', 1),
    line('WITHDRAWN', null, ''),
    line('PUBLISHED', 1),
    line('REPUBLISHED'),
  ];
  expect(toldEvents(rows, String).map(({ what, version }) => `${what} ${version}`)).toEqual([
    'REPUBLISHED 1',
    'WITHDRAWN 1',
    'ROLLED_BACK 1',
    'PUBLISHED 2',
    'PUBLISHED 1',
    'PUBLISHED null',
    'REGISTERED null',
  ]);
});

test('a reason that is empty is none', () => {
  expect(toldEvents([line('WITHDRAWN', null, '')], String)).toEqual([{ at: '1', what: 'WITHDRAWN', version: null, reason: null }]);
});
