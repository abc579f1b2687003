/**
 * The reference consumer killed (SIGKILL) while it pulls: what it kept goes on from its cursor, each entry is there once, and what
 * it confirmed to the hub is what it has.
 * @see design/feed.md 8 and 9; fail-points.json
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

import { openHub, openPostgresStore, openSigner, pull } from '@hub/consumer';
import { nationalStates } from '@hub/exchange';
import { openTestDatabase } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type HubFeed, madeChanges, openHubFeed } from '../../support/hub-feed.ts';
import { root } from '../../support/repository.ts';
import { proving, sizeOf } from '../../support/sizes.ts';

import { stepsOf } from './fail-points.ts';
import { killCount } from './kill-count.ts';
import { runProgram } from './run-program.ts';

const program = join(root, 'tests/exchange/kill/puller-process.ts');
/** Of the hub's feed; all but the last ten are stated and signed. */
const head = 110;
const kills = killCount('puller');
const minutesMs = 60_000 * sizeOf({ test: 3, prove: 30 });

const opened = new AsyncDisposableStack();
let hub: HubFeed;
beforeAll(async () => {
  hub = opened.use(await openHubFeed());
  await hub.add(madeChanges(head));
  await hub.yesterday(head - 10);
  await hub.close();
});
afterAll(async () => {
  await opened.disposeAsync();
  await kills.record();
});

/** Each entry once, none beyond the cursor, and confirmed no more than there is. */
const whole = { entries: head, from: 1, to: head, cursor: head, confirmed: head };

test('the points named are the steps of a pull', async () => {
  await using database = await openTestDatabase();
  await using store = await openPostgresStore(database.url);
  const steps = new Set<string>();
  const signer = openSigner(hub.nationKey, { issuer: 'nation', audience: 'exchange' });
  await pull({ hub: openHub({ url: hub.origin, signer }), store, onStep: (step) => void steps.add(step) });
  expect([...steps]).toEqual(stepsOf('puller'));
});

describe('at a named point', () => {
  const batches = [2, 3, 4, 5, 6].flatMap((turn) => [['received', turn] as const, ['kept', turn] as const]);
  const all = [...stepsOf('puller').map((step) => [step, 1] as const), ...batches];
  test.each(proving ? all : [['kept', 4] as const])('%s, time %i', { timeout: minutesMs }, async (step, turn) => {
    const { left, dies, later } = await killedAndPulled([step, turn], async ({ ended }) => ended);
    expect(dies).toBe('SIGKILL');
    kills.add(`puller ${step}`);
    expect({ ...left, dense: left.entries === left.cursor && left.confirmed <= left.cursor }).toEqual({ ...left, dense: true });
    expect(later).toEqual(whole);
  });
});

test.runIf(proving)('at any moment', { timeout: minutesMs }, async () => {
  for (let moments = 40; moments > 0; moments -= 1) {
    const momentMs = randomInt(0, 400);
    const { left, later } = await killedAndPulled([], async ({ begun, child, ended }) => {
      await begun;
      await after(momentMs);
      child.kill('SIGKILL');
      return ended;
    });
    kills.add('puller, any moment');
    expect(left.entries === left.cursor && left.confirmed <= left.cursor, `${momentMs} ms`).toBe(true);
    expect(later, `${momentMs} ms`).toEqual(whole);
  }
});

type Kept = typeof whole;
type Run = ReturnType<typeof runProgram>;

/** A consumer with a database of its own is started, ends as it is made to, and pulls again. */
async function killedAndPulled(
  fatal: readonly (string | number)[],
  end: (run: Run) => Run['ended'],
): Promise<{ readonly left: Kept; readonly dies: string | null; readonly later: Kept }> {
  await using database = await openTestDatabase();
  const words = [hub.origin, JSON.stringify(hub.nationKey), database.url];
  const { signal: dies } = await end(runProgram(program, [...words, ...fatal]));
  const left = await keptIn(database.url);
  const again = await runProgram(program, words).ended;
  if (again.lines.at(-1) !== `pulled ${head}`) throw new Error(again.complaint);
  const states = await nationalStates(hub.exchange.sql, [1, head]);
  if (states.some(({ state }) => state !== 'CONFIRMED')) throw new Error('not confirmed');
  return { left, dies, later: await keptIn(database.url) };
}

async function keptIn(url: string): Promise<Kept> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [kept] = await sql<Kept[]>`select count(*)::int as entries, coalesce(min(position), 1)::int as "from",
        coalesce(max(position), 0)::int as "to" from pulled_entry`;
    const [cursor] = await sql<Pick<Kept, 'cursor' | 'confirmed'>[]>`select position::int as cursor, confirmed::int from pulled_cursor`;
    return { ...whole, entries: 0, to: 0, ...kept, ...(cursor ?? { cursor: 0, confirmed: 0 }) };
  } finally {
    await sql.end();
  }
}
