import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SystemStore } from '../graph/context.ts';
import { countRows } from '../read/page.ts';
import { openStore } from '../store/store.ts';
import { dealsOf, noticesOf } from '../testing/test-board.ts';
import { stopClock } from '../testing/test-clock.ts';
import { put, tell, withdraw } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';
import { toyTrade, toyTradeBefore, withBoard } from '../testing/toy-trade.ts';

import { rebuildBoard } from './rebuild-board.ts';

let opened: TestStore;
beforeAll(async () => void (opened = await openTestStore({ contracts: withBoard(toyTrade) })));
afterAll(() => opened[Symbol.asyncDispose]());

type Fields = Readonly<Record<string, string>>;
const lot = (key: string, fields: Fields) => put('TOY_LOT', key, fields);
const notice = (key: string, fields: Fields) => put('TOY_NOTICE', key, { TITLE: '公告', ...fields });
const bid = (key: string, fields: Fields) => put('TOY_BID', key, fields);
const now = '2026-09-02T01:00:00.000Z';
const [past, future] = ['20260901090000', '20260903090000'];

async function lotsAndBidders(target: SystemStore): Promise<readonly (readonly (string | undefined)[])[]> {
  return (await dealsOf(target)).map(({ wire }) => [wire['LOT_CODE'], wire['BIDDER_COUNT']]);
}

async function readable({ store, system }: SystemStore, type: string): Promise<number> {
  const dataset = store.byType.get(type)?.dataset;
  if (dataset === undefined) throw new RangeError(type);
  await stopClock(store.db, now);
  return countRows(store.db, dataset, { system: system.code, filter: undefined });
}

describe('directives.graphql @deal(lotIn:): a lot is named within its project', () => {
  test.each<[string, Fields, readonly string[]]>([
    ['PROJECT/LOT', { PROJECT: 'P1', LOT: '1' }, ['P1/1']],
    ['PROJECT where the row names no lot', { PROJECT: 'P1' }, ['P1']],
    ['PROJECT where it names the project itself', { PROJECT: 'P1', LOT: 'p1' }, ['P1']],
    ['none where it names no project', { LOT: '1' }, []],
  ])('the board’s code is %s', async (_, fields, lots) => {
    const target = opened.system();
    await tell(target, lot('L', fields));
    expect((await dealsOf(target)).map(({ wire }) => wire['LOT_CODE'])).toEqual(lots);
  });

  test('equal codes of two projects are two lots, with bidders of their own', async () => {
    const target = opened.system();
    await tell(target, lot('A', { PROJECT: 'P1', LOT: '1' }), lot('B', { PROJECT: 'P2', LOT: '1' }), lot('C', { PROJECT: 'P3' }));
    await tell(
      target,
      bid('B1', { PROJECT: 'P1', LOT: '1' }),
      bid('B2', { PROJECT: 'P2', LOT: '1' }),
      bid('B3', { PROJECT: 'P2', LOT: '1' }),
    );
    await tell(target, bid('B4', { PROJECT: 'P3' }), bid('B5', { PROJECT: 'P3', LOT: 'P3' }), bid('B6', { LOT: '1' }));
    expect(await lotsAndBidders(target)).toEqual([
      ['P1/1', '1'],
      ['P2/1', '2'],
      ['P3', '2'],
    ]);
  });

  test('a record that moves to another project takes its lot along, and a withdrawn one takes it away', async () => {
    const target = opened.system();
    await tell(target, lot('A', { PROJECT: 'P1', LOT: '1' }));
    await tell(target, lot('A', { PROJECT: 'P2', LOT: '1' }));
    expect(await lotsAndBidders(target)).toEqual([['P2/1', undefined]]);
    await tell(target, withdraw('TOY_LOT', 'A'));
    expect(await lotsAndBidders(target)).toEqual([]);
  });
});

describe('directives.graphql @notice(lotsIn:)', () => {
  test('a notice names the board’s codes, lies where its lots lie, and moves with them', async () => {
    const target = opened.system();
    await tell(target, notice('N', { PROJECT: 'P1', LOTS: '1;2' }), notice('M', { PROJECT: 'P2' }), notice('O', { LOTS: '1' }));
    expect((await noticesOf(target)).map(({ wire }) => [wire['RECORD_ID'], wire['LOT_CODES']])).toEqual([
      ['ToyNotice M', 'P2'],
      ['ToyNotice N', 'P1/1;P1/2'],
      ['ToyNotice O', undefined],
    ]);
    await tell(target, lot('A', { PROJECT: 'P1', LOT: '2', REGION: '990100' }), lot('B', { PROJECT: 'P2', LOT: 'P2', REGION: '990200' }));
    await tell(target, lot('C', { PROJECT: 'P9', LOT: '1', REGION: '990900' }));
    expect((await noticesOf(target)).map(({ region }) => region)).toEqual(['990200', '990100', null]);
  });
});

describe('directives.graphql @sealed(lotIn:)', () => {
  test('the opening of one project’s lot opens nothing of another’s', async () => {
    const target = opened.system();
    await tell(target, notice('N', { PROJECT: 'P1', LOTS: '1', OPENS: past }), notice('M', { PROJECT: 'P2', LOTS: '1', OPENS: future }));
    await tell(target, bid('B1', { PROJECT: 'P1', LOT: '1' }), bid('B2', { PROJECT: 'P2', LOT: '1' }), bid('B3', { LOT: '1' }));
    expect(await readable(target, 'ToyBid')).toBe(1);
  });

  test('a bid for an undivided project opens with it, whether or not it repeats the project as its lot', async () => {
    const target = opened.system();
    await tell(target, notice('N', { PROJECT: 'P1', OPENS: past }), notice('M', { PROJECT: 'P2', OPENS: future }));
    await tell(target, bid('B1', { PROJECT: 'P1' }), bid('B2', { PROJECT: 'P1', LOT: 'P1' }), bid('B3', { PROJECT: 'P2' }));
    expect(await readable(target, 'ToyBid')).toBe(2);
  });

  test('a record of several lots waits for all of them', async () => {
    const target = opened.system();
    const result = (key: string, code: string) => put('TOY_RESULT', key, { PROJECT: 'P1', LOT: code, SOLD: '20260901' });
    await tell(target, put('TOY_SECRET', 'S', { PROJECT: 'P1', LOTS: '1;2' }), result('R1', '1'));
    expect(await readable(target, 'ToySecret')).toBe(0);
    await tell(target, result('R2', '2'));
    expect(await readable(target, 'ToySecret')).toBe(1);
  });
});

test('the codes are found through an index, as other codes are', async () => {
  const found = await sql<{
    name: string;
  }>`select indexname as name from pg_indexes where indexname ~ '^toy_[a-z]+_lots$' and indexname !~ '_i_lots$' order by name`.execute(
    opened.store.db,
  );
  expect(found.rows.map(({ name }) => name)).toEqual(
    ['bid', 'notice', 'piece', 'registration', 'report', 'result', 'secret', 'share'].map((type) => `toy_${type}_lots`),
  );
});

test('records stored before their lots were named within projects are found by the new codes', async () => {
  await using database = await openTestStore({ contracts: withBoard(toyTradeBefore) });
  const before = database.system();
  await tell(
    before,
    lot('A', { PROJECT: 'P1', LOT: '1' }),
    lot('B', { PROJECT: 'P2', LOT: '1' }),
    notice('N', { PROJECT: 'P1', LOTS: '1', OPENS: past }),
  );
  await tell(before, bid('B1', { PROJECT: 'P1', LOT: '1' }), bid('B2', { PROJECT: 'P2', LOT: '1' }));
  expect(await lotsAndBidders(before)).toEqual([['1', '2']]);
  await using store = await openStore({ url: database.url, contracts: withBoard(toyTrade), poolSize: 2 });
  const after = { ...before, store };
  expect(await rebuildBoard(after, '2026-11-20T00:00:00.000000Z')).toBe(true);
  expect(await lotsAndBidders(after)).toEqual([
    ['P1/1', '1'],
    ['P2/1', '1'],
  ]);
  expect(await readable(after, 'ToyBid')).toBe(1);
});
