/**
 * Two trades of one system that give their lots the same codes: what one says of a lot is nothing that the other said.
 */
import { CodeLists } from '@hub/schema';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SystemStore } from '../graph/context.ts';
import { countRows } from '../read/page.ts';
import { dealStatistics } from '../read/statistics.ts';
import { dealsOf, noticesOf } from '../testing/test-board.ts';
import { stopClock } from '../testing/test-clock.ts';
import { someInstant, put, tell, withdraw } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';
import { secondTrade, toyTrade, withBoard } from '../testing/toy-trade.ts';

import type { Incoming } from './accept-records.ts';
import { rebuildBoard } from './rebuild-board.ts';

let opened: TestStore;
beforeAll(async () => void (opened = await openTestStore({ contracts: withBoard(toyTrade, secondTrade) })));
afterAll(() => opened[Symbol.asyncDispose]());

type Fields = Readonly<Record<string, string>>;
type Trade = 'TOY' | 'SECOND';
const of = (trade: Trade) => (dataset: string, key: string, fields: Fields) =>
  put(`${trade}_${dataset}`, key, { PROJECT: 'P', TITLE: key, ...fields });
const [toy, second] = [of('TOY'), of('SECOND')];
const sent = (key: string, category: string, fields: Fields = {}): Incoming =>
  put('BOARD_DEAL', key, { LOT_CODE: 'P', CATEGORY: category, DIRECTION: 'PUBLIC_RECEIVES', STATE: 'AWARDED', ...fields });

const now = '2026-09-02T01:00:00.000Z';
const [past, future] = ['20260901090000', '20260903090000'];
const [secret, bid] = [toy('SECRET', 'S', { LOTS: 'P' }), toy('BID', 'B', {})];

async function readable({ store, system }: SystemStore, type: string): Promise<number> {
  const dataset = store.byType.get(type)?.dataset;
  if (dataset === undefined) throw new RangeError(type);
  await stopClock(store.db, now);
  return countRows(store.db, dataset, { system: system.code, filter: undefined });
}

/** What the deals say, the same whatever the order the records came in; each trade's by the category. */
async function toldBy(...records: readonly Incoming[]): Promise<readonly Fields[]> {
  const told = [records, records.toReversed()].map(async (order) => {
    const target = opened.system();
    for (const record of order) await tell(target, record);
    return dealsIn(target);
  });
  const [deals = [], other] = await Promise.all(told);
  expect(other).toEqual(deals);
  return deals;
}

async function dealsIn(target: SystemStore): Promise<readonly Fields[]> {
  const about = new Set(['DIRECTION', 'RECORD_ID']);
  return (await dealsOf(target)).map(({ wire }) => Object.fromEntries(Object.entries(wire).filter(([code]) => !about.has(code))));
}

describe('directives.graphql @sealed: another trade’s records end no seal', () => {
  test.each<[string, readonly Incoming[]]>([
    ['its award', [second('RESULT', 'R', { SOLD: '20260801' })]],
    ['its opening', [second('NOTICE', 'N', { OPENS: past })]],
    ['a deal of its category that was sent', [sent('D', 'land', { OPENS_AT: past, DECIDED_AT: past })]],
    ['a deal sent of a category that no contract is named for', [sent('D', 'mining', { OPENS_AT: past, DECIDED_AT: past })]],
    ['a deal sent of a category that nobody knows', [sent('D', 'tea', { OPENS_AT: past, DECIDED_AT: past })]],
    ['a deal sent of a category that is called like the contract', [sent('D', 'toy-trade', { OPENS_AT: past, DECIDED_AT: past })]],
    ['a deal sent under the key of the trade’s own', [sent('toy-trade:P', 'land', { OPENS_AT: past, DECIDED_AT: past })]],
  ])('%s', async (_, others) => {
    for (const known of [[], [toy('LOT', 'L', {})], [toy('NOTICE', 'N', { OPENS: future })]]) {
      for (const order of [
        [...known, bid, secret, ...others],
        [...others, bid, secret, ...known],
      ]) {
        const target = opened.system();
        for (const record of order) await tell(target, record);
        expect([await readable(target, 'ToyBid'), await readable(target, 'ToySecret')]).toEqual([0, 0]);
      }
    }
  });

  test('nor do they hold one back that its own records end', async () => {
    const target = opened.system();
    await tell(target, bid, secret, toy('RESULT', 'R', { SOLD: '20260901' }), second('NOTICE', 'N', { OPENS: future }));
    await tell(target, sent('D', 'mining', { OPENS_AT: future }));
    expect([await readable(target, 'ToyBid'), await readable(target, 'ToySecret')]).toEqual([1, 1]);
  });

  test('a deal sent of the trade’s own category does end it, and so does one of the province’s own category, for who takes those', async () => {
    const [named, own] = [opened.system(), withCategory(opened.system(), 'tea')];
    await tell(named, bid, sent('D', 'property', { OPENS_AT: past }));
    await tell(own, bid, second('BID', 'B', {}), sent('D', 'tea', { OPENS_AT: past }));
    expect([await readable(named, 'ToyBid'), await readable(own, 'ToyBid'), await readable(own, 'SecondBid')]).toEqual([1, 1, 0]);
  });

  test('the number of bidders, sealed in the deal itself, waits for the deal’s own trade', async () => {
    const target = opened.system();
    await tell(
      target,
      toy('LOT', 'L', {}),
      bid,
      second('RESULT', 'R', { SOLD: '20260801' }),
      second('BID', 'B', {}),
      second('BID', 'C', {}),
    );
    const deal = target.store.byType.get('Deal')?.dataset;
    if (deal === undefined) throw new RangeError('Deal');
    await stopClock(target.store.db, now);
    const groups = async (): Promise<unknown> =>
      (await dealStatistics(target.store.db, deal, { system: target.system.code, filter: undefined, by: ['CATEGORY'] })).map(
        ({ key, bidders }) => [...key, bidders],
      );
    expect(await groups()).toEqual([['land', 2]]);
    await tell(target, toy('RESULT', 'R', { SOLD: '20260801' }), toy('NOTICE', 'N', { OPENS: future }));
    expect(await groups()).toEqual(
      expect.arrayContaining([
        ['land', 2],
        ['property', null],
      ]),
    );
  });
});

describe('directives.graphql @deal: a lot is of the contract whose records name it', () => {
  test('title, winners, prices and bidders of one trade are no other’s; list and statistics count two', async () => {
    const records = [
      toy('RESULT', '标的', { WINNER: '甲公司', PRICE: '7', PRICE_UNIT: '0', SOLD: '20260801' }),
      second('RESULT', '宗地', { WINNER: '乙公司', PRICE: '11', PRICE_UNIT: '0', SOLD: '20260802' }),
      toy('BID', 'B', {}),
      second('BID', 'B', {}),
      second('BID', 'C', {}),
    ];
    const about = { LOT_CODE: 'P', STATE: 'AWARDED', PRICE_UNIT: '0' };
    expect(await toldBy(...records)).toEqual([
      { ...about, CATEGORY: 'land', TITLE: '宗地', WINNER_NAME: '乙公司', PRICE: '11', BIDDER_COUNT: '2', DECIDED_AT: '20260802' },
      { ...about, CATEGORY: 'property', TITLE: '标的', WINNER_NAME: '甲公司', PRICE: '7', BIDDER_COUNT: '1', DECIDED_AT: '20260801' },
    ]);
  });

  test('a change and a withdrawal in one trade leave the other’s deal as it was received', async () => {
    const target = opened.system();
    await tell(target, toy('LOT', '标的', {}), second('LOT', '宗地', {}), second('BID', 'B', {}));
    const [before] = await dealsOf(target);
    expect(before?.wire['CATEGORY']).toBe('land');
    await tell(target, toy('LOT', '标的', { PRICE: '7' }), toy('BID', 'B', {}), toy('RESULT', 'R', { SOLD: '20260801' }));
    await tell(target, withdraw('TOY_BID', 'B'), withdraw('TOY_RESULT', 'R'));
    expect((await dealsOf(target))[0]).toEqual(before);
    await tell(target, withdraw('TOY_LOT', '标的'));
    expect(await dealsOf(target)).toEqual([before]);
  });

  test('a sent deal stands for the lot of its own trade, and leaves the other’s to be derived; withdrawn or of another trade, it stands no more', async () => {
    const lots = [toy('LOT', '标的', {}), second('LOT', '宗地', {})];
    const derived = [
      { CATEGORY: 'land', LOT_CODE: 'P', STATE: 'PENDING', TITLE: '宗地' },
      { CATEGORY: 'property', LOT_CODE: 'P', STATE: 'PENDING', TITLE: '标的' },
    ];
    const own = (category: string) => ({ CATEGORY: category, LOT_CODE: 'P', STATE: 'AWARDED' });
    expect(await toldBy(...lots, sent('D', 'land'))).toEqual([own('land'), derived[1]]);
    expect(await toldBy(...lots, sent('zzz', 'mining'))).toEqual([...derived, own('mining')]);
    const target = opened.system();
    for (const record of [...lots, sent('zzz', 'land')]) await tell(target, record);
    await tell(target, sent('zzz', 'property'));
    expect(await dealsIn(target)).toEqual([derived[0], own('property')]);
    await tell(target, withdraw('BOARD_DEAL', 'zzz'));
    expect(await dealsIn(target)).toEqual(derived);
  });

  test('a sent deal under the key of a derived one stands, and withdrawn gives it back', async () => {
    const target = opened.system();
    await tell(target, toy('LOT', '标的', {}), sent('toy-trade:P', 'mining', { LOT_CODE: 'Q' }));
    await tell(target, toy('LOT', '标的', { PRICE: '7' }));
    expect(await dealsIn(target)).toEqual([{ CATEGORY: 'mining', LOT_CODE: 'Q', STATE: 'AWARDED' }]);
    await tell(target, withdraw('BOARD_DEAL', 'toy-trade:P'));
    expect((await dealsIn(target)).map((wire) => wire['TITLE'])).toEqual(['标的']);
  });
});

describe('directives.graphql @notice: region and trading place', () => {
  test('come from the lots of the notice’s own trade', async () => {
    const lots = [toy('LOT', 'L', { REGION: '990100' }), second('LOT', 'L', { REGION: '990200' })];
    const notices = [toy('NOTICE', 'N', {}), second('NOTICE', 'N', {}), toy('NOTICE', 'M', { PROJECT: 'P2' })];
    for (const order of [
      [...lots, ...notices],
      [...notices, ...lots],
    ]) {
      const target = opened.system();
      for (const record of [...order, second('LOT', 'L2', { PROJECT: 'P2', REGION: '990200' })]) await tell(target, record);
      expect((await noticesOf(target)).map(({ key, region }) => [key, region])).toEqual([
        ['SECOND_NOTICE:N', '990200'],
        ['TOY_NOTICE:M', null],
        ['TOY_NOTICE:N', '990100'],
      ]);
    }
  });
});

test('a board made before trades were told apart is made again, without what nobody says any more', async () => {
  const target = opened.system();
  await tell(target, toy('LOT', '标的', {}), second('LOT', '宗地', {}), sent('D', 'mining'), sent('P', 'land', { LOT_CODE: 'Q' }));
  const made = await dealsOf(target);
  await sql`update deal set contract = null where system = ${target.system.code}`.execute(target.store.db);
  await sql`delete from deal where system = ${target.system.code} and key = 'second-trade:P'`.execute(target.store.db);
  await sql`update deal set key = 'P0', id = id || 'old' where system = ${target.system.code} and key = 'toy-trade:P'`.execute(
    target.store.db,
  );
  expect(await rebuildBoard(target, someInstant)).toBe(true);
  expect(await dealsOf(target)).toEqual(made);
  const contracts = await sql<{ contract: string }>`select contract from deal where system = ${target.system.code} order by key`.execute(
    target.store.db,
  );
  expect(contracts.rows.map(({ contract }) => contract)).toEqual([':mining', 'second-trade', 'second-trade', 'toy-trade']);
});

/** The province has a category of its own. */
function withCategory(target: SystemStore, code: string): SystemStore {
  const value = { code, label: code, labelEn: undefined, from: undefined, until: undefined, provincial: true };
  const lists = target.codes.all();
  return {
    ...target,
    codes: new CodeLists(lists.map((list) => (list.name === 'CATEGORY' ? { ...list, values: [...list.values, value] } : list))),
  };
}
