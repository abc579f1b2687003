/** @see design/feed.md 5; standard/exchange.md 4 «parents first» */
import { manualClock } from '@hub/kit/process';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestExchange, entryOf, lenientContracts, openTestExchange, pageOf, parentRules, withdrawalOf } from '../testing/index.ts';

import { releaseWaiting } from './release-waiting.ts';
import { takePage } from './take-page.ts';

const clock = manualClock(Date.UTC(2026, 10, 1));
const hourMs = 3_600_000;
let exchange: TestExchange;
beforeAll(async () => {
  exchange = await openTestExchange({ contracts: lenientContracts(), rules: parentRules(), clock });
});
afterAll(() => exchange[Symbol.asyncDispose]());

type Entry = ReturnType<typeof entryOf>;
const own = { source: { kind: 'SYSTEM' } } as const;
const codeOf = (system: string): string => `P-${system}`;
const project = (position: number, system: string): Entry =>
  entryOf({ ...own, dataset: 'PROJECT', key: 'p', position, fields: { PROJECT_CODE: codeOf(system) } });
const tender = (position: number, system: string, version = 1): Entry =>
  entryOf({
    ...own,
    dataset: 'TENDER_PROJECT',
    key: 't',
    position,
    version,
    fields: { PROJECT_CODE: codeOf(system), TENDER_PROJECT_CODE: 'T1' },
  });
const section = (position: number, version = 1, name = '一'): Entry =>
  entryOf({ ...own, dataset: 'SECTION', key: 's', position, version, fields: { TENDER_PROJECT_CODE: 't1', BID_SECTION_NAME: name } });

describe('A change whose parent is missing', () => {
  test('waits, is in no feed, and its receipt says what for; when the parent comes it is accepted, and a receipt says so', async () => {
    const system = exchange.system();
    expect(await takePage(exchange.store, pageOf(system, [section(1)]))).toEqual({ position: 1, accepted: 0, refused: 0, waiting: 1 });
    await takePage(exchange.store, pageOf(system, [project(2, system), tender(3, system)]));
    expect(await releaseWaiting(exchange.store)).toBe(1);
    await exchange.sequence();
    expect(await exchange.told(system)).toEqual(['2 PROJECT p 1 put', '3 TENDER_PROJECT t 1 put', '1 SECTION s 1 put']);
    const receipts = await exchange.sql<{ body: string }[]>`select body from outbox where system = ${`receipts:${system}`} order by id`;
    const awaited = { rule: 'TEST_SECTION_PARENT', dataset: 'TENDER_PROJECT', field: 'TENDER_PROJECT_CODE', value: 'T1', within: system };
    const until = '2026-11-04T00:00:00.000000Z';
    expect(receipts.map(({ body }) => parsed(body))).toMatchObject([
      { kind: 'TAKEN', from: 1, to: 1, waiting: 1, changes: [{ position: 1, state: 'WAITING', awaited: [awaited], until }] },
      { kind: 'TAKEN', from: 2, to: 3, accepted: 2, changes: [] },
      { kind: 'DECIDED', from: 1, to: 1, accepted: 1, refused: 0, changes: [{ position: 1, state: 'ACCEPTED' }] },
    ]);
  });

  test('is never overtaken by a later version or a withdrawal of its record', async () => {
    const system = exchange.system();
    await takePage(exchange.store, pageOf(system, [section(1), section(2, 2, '二')]));
    const withdrawal = withdrawalOf({ ...own, dataset: 'SECTION', key: 's', position: 3, version: 3 });
    await takePage(exchange.store, pageOf(system, [withdrawal, project(4, system), tender(5, system)]));
    await exchange.sequence();
    expect(await exchange.told(system)).toEqual(['4 PROJECT p 1 put', '5 TENDER_PROJECT t 1 put']);
    expect(await releaseWaiting(exchange.store)).toBe(3);
    await exchange.sequence();
    const told = await exchange.told(system);
    expect(told.slice(2)).toEqual(['1 SECTION s 1 put', '2 SECTION s 2 put', '3 SECTION s 3 withdraw']);
  });

  test('is judged without it when its time is over: refused or accepted with a warning, as the rule says', async () => {
    const system = exchange.system();
    await takePage(exchange.store, pageOf(system, [tender(1, `${system}-other`), section(2)]));
    expect(await exchange.states(system)).toEqual(['1 WAITING', '2 WAITING']);
    clock.advance(72 * hourMs - 1);
    expect(await releaseWaiting(exchange.store)).toBe(0);
    clock.advance(1);
    await releaseWaiting(exchange.store);
    expect(await exchange.states(system)).toEqual(['1 ACCEPTED', '2 ACCEPTED']);
    const lone = exchange.system();
    await takePage(exchange.store, pageOf(lone, [section(1)]));
    clock.advance(72 * hourMs);
    await releaseWaiting(exchange.store);
    expect(await exchange.states(lone)).toEqual(['1 REFUSED']);
    const [first] = await exchange.sql<{ body: string }[]>`select body from change where system = ${system} and position = 1`;
    expect(parsed(first?.body ?? '')).toMatchObject({ warnings: [{ rule: 'TEST_TENDER_PROJECT_PARENT' }] });
  });

  test('that came before it happened says so when it is decided, once and in every place', async () => {
    const system = exchange.system();
    await takePage(exchange.store, pageOf(system, [{ ...section(1), dataTimestamp: '20991231000000' }]));
    await takePage(exchange.store, pageOf(system, [project(2, system), tender(3, system)]));
    await releaseWaiting(exchange.store);
    const warnings = [{ rule: 'TIME_AHEAD', field: 'DATA_TIMESTAMP' }];
    const [change, counted] = await Promise.all([
      exchange.sql<{ body: string }[]>`select body from change where system = ${system} and position = 1`,
      exchange.sql`select dataset, changes from quality_rule_day where system = ${system} and rule = 'TIME_AHEAD'`,
    ]);
    const [decided] = await exchange.sql<{ body: string }[]>`select body from outbox where system = ${`receipts:${system}`}
      order by id desc limit 1`;
    expect([parsed(change[0]?.body ?? ''), parsed(decided?.body ?? ''), [...counted]]).toEqual([
      expect.objectContaining({ warnings }),
      expect.objectContaining({ kind: 'DECIDED', changes: [expect.objectContaining({ state: 'ACCEPTED', warnings })] }),
      [{ dataset: 'SECTION', changes: 1 }],
    ]);
  });

  test('is no second one when a new epoch’s snapshot repeats the last of its record, and is one when it tells another', async () => {
    const system = exchange.system();
    await takePage(exchange.store, pageOf(system, [section(1), section(2, 2, '二')]));
    const renewal = { epoch: 'epoch-2', snapshot: 1 };
    const repeated = await takePage(exchange.store, pageOf(system, [section(1, 2, '二')], renewal));
    expect([repeated, await exchange.states(system, 'epoch-2')]).toEqual([{ position: 1, accepted: 0, refused: 0, waiting: 0 }, []]);
    await takePage(exchange.store, pageOf(system, [section(1, 1)], { epoch: 'epoch-3', snapshot: 1 }));
    expect(await exchange.states(system, 'epoch-3')).toEqual(['1 WAITING']);
    await takePage(exchange.store, pageOf(system, [project(2, system), tender(3, system)], { epoch: 'epoch-3' }));
    await releaseWaiting(exchange.store);
    await exchange.sequence();
    const told = (await exchange.told(system)).filter((line) => line.includes('SECTION s'));
    expect(told).toEqual(['1 SECTION s 1 put', '2 SECTION s 2 put', '1 SECTION s 3 put']);
  });

  test('ends in the same state in whatever order it and its parents come', async () => {
    const all = (system: string): readonly ((position: number) => Entry)[] => [
      (position) => project(position, system),
      (position) => tender(position, system),
      (position) => section(position),
      (position) => section(position, 2, '二'),
    ];
    const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }).filter((order) => order.indexOf(2) < order.indexOf(3));
    const releases = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(orders, releases, fc.integer({ min: 1, max: 4 }), async (order, released, size) => {
        const system = exchange.system();
        const entries = order.map((place, index) => all(system)[place]?.(index + 1)).filter((entry) => entry !== undefined);
        for (let start = 0; start < entries.length; start += size) {
          await takePage(exchange.store, pageOf(system, entries.slice(start, start + size)));
          if (released[start] === true) await releaseWaiting(exchange.store);
        }
        await releaseWaiting(exchange.store);
        await exchange.sequence();
        const told = (await exchange.told(system)).map((line) => line.slice(line.indexOf(' ') + 1));
        expect(told).toEqual(['PROJECT p 1 put', 'TENDER_PROJECT t 1 put', 'SECTION s 1 put', 'SECTION s 2 put']);
      }),
      { numRuns: 12 },
    );
  });
});

function parsed(body: string): unknown {
  return JSON.parse(`{${body}`);
}
