/**
 * How a system stands: the registry says who there is, the gateway whether it answers.
 */
import { expect, test } from 'vitest';

import type { SystemRow } from '../../route/table.ts';
import type { Freshness } from './freshness.ts';
import type { Registered } from './registered.ts';
import { type Known, type OwnHealth, standingsOf, stepsOf } from './standing.ts';

const row: SystemRow = { code: 'a', name: '甲', url: 'https://a.example/', state: 'published', contracts: ['board'] };
const registered: Registered = { code: 'a', name: '甲', state: 'PUBLISHED', onboarding: 'LIVE', version: 1, health: 'ANSWERS' };
const answers: Freshness = { answered: true, receivedAt: '2026-11-22T09:00:00+08:00', reason: undefined, since: undefined };
const silent: Freshness = { answered: false, receivedAt: undefined, reason: undefined, since: undefined };
const well: OwnHealth = { away: false, contactAt: '2026-11-22T12:00:00+08:00', trouble: undefined };
const given: Known = { registered: [registered], rows: [row], freshness: new Map([['a', answers]]), healthOf: () => well };

test.each<readonly [what: string, known: Partial<Known>, standing: string]>([
  ['one that answered', {}, 'answering'],
  ['one that did not', { freshness: new Map([['a', silent]]) }, 'away'],
  ['one that answered a moment ago and was given up since', { healthOf: () => ({ ...well, away: true }) }, 'away'],
  ['one that was not asked yet', { freshness: new Map() }, 'unknown'],
  [
    'one that was not asked yet, and is away for other gateways',
    { freshness: new Map(), registered: [{ ...registered, health: 'AWAY' }] },
    'away',
  ],
  ['one whose routing is on its way', { rows: [] }, 'unknown'],
  ['one that left, whatever the routing table still says', { registered: [{ ...registered, state: 'WITHDRAWN' }] }, 'withdrawn'],
  ['one that left, while the registry is away', { registered: undefined, rows: [{ ...row, state: 'withdrawn' }] }, 'withdrawn'],
  ['one on its way in', { registered: [{ ...registered, state: 'DRAFT', onboarding: 'CHECKED' }], rows: [] }, 'onboarding'],
])('%s', (_what, known, standing) => expect(standingsOf({ ...given, ...known }).map((shown) => shown.standing)).toEqual([standing]));

test('why and since when it is away: by its own answer, else by the gateway’s own health', () => {
  const trouble = { reason: 'UNREACHABLE', since: '2026-11-22T11:00:00+08:00' };
  const away = (fresh: Freshness): unknown =>
    standingsOf({ ...given, freshness: new Map([['a', fresh]]), healthOf: () => ({ ...well, trouble }) })[0]?.away;
  expect(away(silent)).toEqual(trouble);
  expect(away({ ...silent, reason: 'REFUSED', since: '2026-11-22T10:00:00+08:00' })).toEqual({
    reason: 'REFUSED',
    since: '2026-11-22T10:00:00+08:00',
  });
  expect(away(answers)).toBeUndefined();
});

test('the last contact is the later of its own and that of others, and other gateways’ troubles are told', () => {
  const others = { ...registered, health: 'UNSTEADY', lastContactAt: '2026-11-22T12:30:00+08:00' };
  expect(standingsOf({ ...given, registered: [others] })[0]).toMatchObject({ lastContactAt: '2026-11-22T12:30:00+08:00', unsteady: true });
  expect(standingsOf(given)[0]).toMatchObject({ lastContactAt: '2026-11-22T12:00:00+08:00', unsteady: false });
});

test('steps are told from what is known: one that left is published no longer, one without SDL was never checked', () => {
  const steps = (one: Partial<Registered>, rows = [row]): string =>
    standingsOf({ ...given, rows, registered: [{ ...registered, ...one }] })
      .flatMap((shown) => stepsOf(shown) ?? [])
      .map(({ done }) => (done ? '1' : '0'))
      .join('');
  expect(steps({})).toBe('11111');
  expect(steps({ version: null })).toBe('11011');
  expect(steps({ state: 'WITHDRAWN', onboarding: 'LEFT' })).toBe('11100');
  expect(steps({ state: 'DRAFT', onboarding: 'REGISTERED', version: null }, [])).toBe('10000');
  expect(steps({ state: 'DRAFT', onboarding: 'CHECKED', version: null }, [])).toBe('11100');
  expect(standingsOf({ ...given, registered: undefined }).map(stepsOf)).toEqual([undefined]);
});
