/**
 * What is pushed, when its process is killed (SIGKILL): the hub's feed to the nation, and a city's records to the hub. What was
 * answered for is there, nothing is half there, and what comes again has no second effect.
 * @see design/feed.md 8; fail-points.json
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

import { nationalKey, nationalStates, pushOnce } from '@hub/exchange';
import { type HostedSystems, openHostedSystems, submitRecords } from '@hub/exchange/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type HubFeed, type MadeChange, openHubFeed } from '../../support/hub-feed.ts';
import { root } from '../../support/repository.ts';
import { proving, sizeOf } from '../../support/sizes.ts';
import { type StandInNation, openStandInNation } from '../../support/stand-in-nation.ts';

import { stepsOf } from './fail-points.ts';
import { killCount } from './kill-count.ts';
import { runProgram } from './run-program.ts';
import { submitted, toldReceipt } from './submitted.ts';

const program = (name: string): string => join(root, `tests/exchange/kill/${name}-process.ts`);
const minutesMs = 60_000 * sizeOf({ test: 3, prove: 30 });
const kills = killCount('pushed');

const opened = new AsyncDisposableStack();
let hub: HubFeed;
let hosting: HostedSystems;
beforeAll(async () => {
  hub = opened.use(await openHubFeed());
  hosting = opened.use(await openHostedSystems(hub.exchange.databaseUrl, ['board', 'construction']));
});
afterAll(async () => {
  await opened.disposeAsync();
  await kills.record();
});

describe('The push to the nation', () => {
  let nation: StandInNation;
  let head = 0;
  beforeAll(async () => void (nation = opened.use(await openStandInNation())));

  const points = proving ? [1, 2, 5].flatMap((turn) => stepsOf('push').map((step) => [step, turn] as const)) : ([['posted', 2]] as const);
  test.each(points)('at %s, time %i', { timeout: minutesMs }, async (step, turn) => {
    const pushed = await add();
    expect((await runProgram(program('push'), [hub.exchange.store.url, nation.url, step, turn]).ended).signal).toBe('SIGKILL');
    kills.add(`push ${step}`);
    await holdsAndGoesOn(pushed);
  });

  test.runIf(proving)('at any moment', { timeout: minutesMs }, async () => {
    for (let moments = 40; moments > 0; moments -= 1) {
      const pushed = await add();
      const { begun, child, ended } = runProgram(program('push'), [hub.exchange.store.url, nation.url]);
      await begun;
      await after(randomInt(0, 150));
      child.kill('SIGKILL');
      expect((await ended).complaint).toBe('');
      kills.add('push, any moment');
      await holdsAndGoesOn(pushed);
    }
  });

  /** Six records and a later version of the first. */
  async function add(): Promise<readonly number[]> {
    const keys = [1, 2, 3, 4, 5, 6].map((place) => `push-${head}-${place}`);
    const change = (key: string, version: number, at: number): MadeChange => ({
      key,
      version,
      fields: { TENDER_PROJECT_NAME: `${version}` },
      dataTimestamp: `2026110108000${at}`,
    });
    await hub.add([...keys.map((key) => change(key, 1, 1)), change(keys[0] ?? '', 2, 2)]);
    head += keys.length + 1;
    return [...keys.map((_, place) => head - keys.length + place), head];
  }

  /** What the hub holds for confirmed is there; pushed on, each has had its effect once, in the hub's order. */
  async function holdsAndGoesOn(positions: readonly number[]): Promise<void> {
    const left = await nationalStates(hub.exchange.sql, positions);
    const wanted = positions.map((_, place) =>
      nationalKey({ system: 'toy-east', dataset: 'TENDER_PROJECT', key: keyAt(positions, place) }),
    );
    const effects = (): readonly string[] => nation.effects.slice(positions[0] === undefined ? 0 : positions[0] - 1).map(({ key }) => key);
    const confirmed = left.filter(({ state }) => state === 'CONFIRMED').length;
    expect(effects().length).toBeGreaterThanOrEqual(confirmed);
    expect(effects()).toEqual(wanted.slice(0, effects().length));
    while ((await pushOnce({ sql: hub.exchange.sql, url: nation.url, backoffMs: () => 0 })).sent);
    expect(effects()).toEqual(wanted);
    expect((await nationalStates(hub.exchange.sql, positions)).map(({ state }) => state)).toEqual(positions.map(() => 'CONFIRMED'));
    // A message that nobody heard the answer of comes once more, no other does.
    expect(nation.arrived.length - nation.effects.length).toBeLessThanOrEqual(repeats + 1);
    repeats = nation.arrived.length - nation.effects.length;
  }
  let repeats = 0;

  function keyAt(positions: readonly number[], place: number): string {
    return `push-${(positions[0] ?? 1) - 1}-${place === positions.length - 1 ? 1 : place + 1}`;
  }
});

describe('A submission', () => {
  /** Two parts, the second a short one. */
  const count = 260;
  const begin = (system: string, point = '') => runProgram(program('submit'), [hub.exchange.databaseUrl, system, count, point]);
  const keptAt: Readonly<Record<string, number>> = { 'part:0': 0, 'part:1': 250, answer: count };

  test.each(proving ? stepsOf('submit') : ['part:1'])('at %s', { timeout: minutesMs }, async (point) => {
    const system = hub.exchange.system();
    const { signal, complaint } = await begin(system, point).ended;
    expect({ signal, complaint, kept: await keptOf(system) }).toEqual({
      signal: 'SIGKILL',
      complaint: '',
      kept: kept(keptAt[point] ?? -1),
    });
    kills.add(`submit ${point}`);
    await isOne(system);
  });

  test.runIf(proving)('at any moment', { timeout: minutesMs }, async () => {
    for (let moments = 40; moments > 0; moments -= 1) {
      const system = hub.exchange.system();
      const { begun, child, ended } = begin(system);
      await begun;
      await after(randomInt(0, 800));
      child.kill('SIGKILL');
      await ended;
      kills.add('submit, any moment');
      const { records } = await keptOf(system);
      expect(Object.values(keptAt)).toContain(records);
      await isOne(system);
    }
  });

  /** Two processes that are sent it again at once, this one and another, tell the same receipt; every record is there once. */
  async function isOne(system: string): Promise<void> {
    const other = begin(system);
    await other.begun;
    const submitting = { target: hosting.system(system, ['construction']), sender: system, idempotencyKey: 'k' };
    const own = toldReceipt(await submitRecords(hub.exchange.store, submitting, await submitted(count)));
    const { code, complaint, lines } = await other.ended;
    expect({ code, complaint, isSame: lines.at(-1) === own }).toEqual({ code: 0, complaint: '', isSame: true });
    expect(JSON.parse(own)).toMatchObject({ total: count, accepted: count, unchanged: 0 });
    expect(await keptOf(system)).toEqual(kept(count));
  }

  async function keptOf(system: string): Promise<Kept> {
    const [found] = await hub.exchange.sql<Kept[]>`select
      (select count(*)::int from public.record_head where system = ${system}) as records,
      (select count(*)::int from public.record_version where system = ${system}) as versions,
      (select count(*)::int from public.outbox where system = ${system}) as told`;
    return found ?? { records: -1, versions: -1, told: -1 };
  }

  const kept = (records: number): Kept => ({ records, versions: records, told: records });
});

/** Of a system: records, their versions, and what its feed tells. */
interface Kept {
  readonly records: number;
  readonly versions: number;
  readonly told: number;
}
