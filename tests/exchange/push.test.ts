/**
 * The push to a national system that loses, repeats, delays, refuses and talks nonsense: every entry has its effect there once, in
 * the hub's order, and the hub knows what became of it.
 */
import { nationalKey, nationalStates, pushOnce, type PushOptions, type PushStep, startPush } from '@hub/exchange';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { type HubFeed, type MadeChange, openHubFeed } from '../support/hub-feed.ts';
import { type Behaviour, openStandInNation, type StandInNation } from '../support/stand-in-nation.ts';

const opened = new AsyncDisposableStack();
let hub: HubFeed;
let nation: StandInNation;
let head = 0;

beforeAll(async () => void (hub = opened.use(await openHubFeed())));
beforeEach(async () => void (nation = opened.use(await openStandInNation())));
afterAll(() => opened.disposeAsync());

function options(more: Partial<PushOptions> = {}): PushOptions {
  return { sql: hub.exchange.sql, url: nation.url, deadlineMs: 5_000, backoffMs: () => 0, asideAfter: 3, ...more };
}

/** @returns Their positions. */
async function add(...changes: readonly MadeChange[]): Promise<readonly number[]> {
  await hub.add(changes);
  head += changes.length;
  return changes.map((_, at) => head - changes.length + at + 1);
}

/** Pushes until everything is settled. */
async function drain(more: Partial<PushOptions> = {}): Promise<void> {
  for (let attempts = 0; attempts < 200; attempts++) {
    const { sent, waitMs } = await pushOnce(options(more));
    if (!sent && waitMs === undefined) return;
  }
  throw new Error('never settled');
}

const named = (key: string, name: string): MadeChange => ({ key, fields: { TENDER_PROJECT_NAME: name } });
const keyAt = (key: string, system = 'toy-east'): string => nationalKey({ system, dataset: 'TENDER_PROJECT', key });
const effects = (): readonly string[] => nation.effects.map(({ key, op }) => `${op} ${key}`);
async function statesOf(positions: readonly number[]): Promise<readonly string[]> {
  return (await nationalStates(hub.exchange.sql, positions)).map(({ state, words }) => (words === null ? state : `${state} ${words}`));
}

describe('Pushing to the nation', () => {
  test('the standard’s message, in the hub’s order, under a key of the province’s own', async () => {
    const positions = await add(
      { key: 'A', fields: { TENDER_PROJECT_NAME: '道路 <A> & B' }, dataTimestamp: '20261101090000' },
      { key: 'A', system: 'toy-west', dataTimestamp: null },
      { key: 'A', version: 2, op: 'withdraw', dataTimestamp: '20261101100000' },
    );
    await drain();
    expect(nation.arrived[0]?.text).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<DES>\n<TITLE>\n<DATA_EN>TENDER_PROJECT</DATA_EN>\n<DATA_KEY>${keyAt('A')}</DATA_KEY>\n` +
        '<DATA_TYPE>1</DATA_TYPE>\n</TITLE>\n<CONTEXT>\n<TENDER_PROJECT_NAME>道路 &lt;A&gt; &amp; B</TENDER_PROJECT_NAME>\n' +
        '<DATA_TIMESTAMP>20261101090000</DATA_TIMESTAMP>\n</CONTEXT>\n</DES>\n',
    );
    expect(effects()).toEqual([`put ${keyAt('A')}`, `put ${keyAt('A', 'toy-west')}`, `withdraw ${keyAt('A')}`]);
    expect(nation.arrived[1]?.timestamp).toBe('20261101080000');
    expect(keyAt('A')).toHaveLength(22);
    expect(await statesOf(positions)).toEqual(['CONFIRMED', 'CONFIRMED', 'CONFIRMED']);
  });

  const faults: readonly (readonly [Behaviour, number])[] = [
    ['lose', 2],
    ['lose-answer', 2],
    ['repeat', 1],
    ['delay', 2],
    ['garbage', 2],
    ['fail', 2],
  ];
  test.each(faults)('%s: one effect, one state', async (behaviour, arrivals) => {
    const [first, second] = [`${behaviour}-1`, `${behaviour}-2`];
    const positions = await add(named(first, '一'), named(second, '二'));
    nation.script.push(behaviour);
    await drain({ deadlineMs: behaviour === 'delay' ? 100 : 5_000 });
    expect([nation.arrived.length, effects()]).toEqual([arrivals + 1, [`put ${keyAt(first)}`, `put ${keyAt(second)}`]]);
    expect(await statesOf(positions)).toEqual(['CONFIRMED', 'CONFIRMED']);
  });

  test('refused: its words are kept, the others go on, a correction is sent', async () => {
    const positions = await add(named('refused', '一'), named('other', '二'));
    nation.script.push('refuse');
    await drain();
    expect(await statesOf(positions)).toEqual(['REFUSED 招标项目数据未上报，请先上报', 'CONFIRMED']);
    const corrected = await add({ ...named('refused', '三'), version: 2 });
    await drain();
    expect([await statesOf(corrected), nation.standing().get(keyAt('refused'))]).toEqual([['CONFIRMED'], '三']);
  });

  test('one message that the nation chokes on lets others pass, never a later version of its record', async () => {
    const positions = await add(
      named('poison', '一'),
      named('after-1', '二'),
      { ...named('poison', '三'), version: 2 },
      named('after-2', '四'),
    );
    nation.behaviourFor = ({ key }) => (key === keyAt('poison') ? 'garbage' : undefined);
    const backoffMs = (attempts: number): number => (attempts < 3 ? 0 : 60_000);
    for (let attempt = 0; attempt < 10; attempt++) await pushOnce(options({ backoffMs }));
    expect(effects()).toEqual([`put ${keyAt('after-1')}`, `put ${keyAt('after-2')}`]);
    expect((await statesOf(positions)).map((state) => state.slice(0, 14))).toEqual(['SENT HTTP 200:', 'CONFIRMED', 'PENDING', 'CONFIRMED']);
    nation.behaviourFor = () => undefined;
    await hub.exchange.sql`update delivery set retry_at = now() where state = 'SENT'`;
    await drain();
    expect(effects().slice(2)).toEqual([`put ${keyAt('poison')}`, `put ${keyAt('poison')}`]);
    expect(nation.standing().get(keyAt('poison'))).toBe('三');
  });

  test('a nation that is away: nothing overtakes, nothing is lost', async () => {
    const positions = await add(named('away-1', '一'), named('away-2', '二'));
    for (let attempt = 0; attempt < 6; attempt++) await pushOnce(options({ url: 'http://127.0.0.1:9/', deadlineMs: 1_000 }));
    expect((await statesOf(positions)).map((state) => state.split(' ')[0])).toEqual(['SENT', 'PENDING']);
    await drain();
    expect([effects(), await statesOf(positions)]).toEqual([
      [`put ${keyAt('away-1')}`, `put ${keyAt('away-2')}`],
      ['CONFIRMED', 'CONFIRMED'],
    ]);
  });

  test('two hubs at once: one of them pushes, and the other when it ends', async () => {
    const changes = Array.from({ length: 12 }, (_, at) => named(`two-${at}`, '一'));
    const keys = changes.map(({ key }) => `put ${keyAt(key)}`);
    const faults: unknown[] = [];
    const pusher = (): AsyncDisposable =>
      startPush({ databaseUrl: hub.exchange.store.url, url: nation.url, onFault: (cause) => void faults.push(cause) });
    const [one, other] = [pusher(), pusher()];
    const [first, last] = [changes.slice(0, 6), changes.slice(6)];
    await add(...first);
    await expect.poll(() => nation.effects.length, { timeout: 10_000 }).toBe(6);
    await one[Symbol.asyncDispose]();
    const positions = await add(...last);
    await expect.poll(() => statesOf(positions.slice(-1)), { timeout: 10_000 }).toEqual(['CONFIRMED']);
    await other[Symbol.asyncDispose]();
    expect([effects(), nation.arrived.length, faults]).toEqual([keys, 12, []]);
  });

  test.each<PushStep>(['noted', 'posted', 'settled'])('ended after «%s»: once all the same', async (last) => {
    const key = `ended-${last}`;
    const positions = await add(named(key, '一'));
    const onStep = (step: PushStep): void => {
      if (step === last) throw new Error('killed');
    };
    await expect(pushOnce(options({ onStep }))).rejects.toThrow('killed');
    await drain();
    expect([effects(), await statesOf(positions)]).toEqual([[`put ${keyAt(key)}`], ['CONFIRMED']]);
  });
});
