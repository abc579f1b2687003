import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { dealsOf } from '../testing/test-board.ts';
import { accept, put, tell, withdraw } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened[Symbol.asyncDispose]());

type Fields = Readonly<Record<string, string>>;
const section = (key: string, fields: Fields) => put('SECTION', key, fields);
const award = (key: string, fields: Fields) => put('WIN_RESULT_ANNO', key, { NOTICE_NAME: '结果', ...fields });
const notice = (key: string, fields: Fields) => put('TENDER_ANN_QUA_INQUERY_ANN', key, { NOTICE_NAME: '公告', ...fields });
const time = '20260901090000';

describe('feed.md 4: a change corrects both what it says and what it said', () => {
  test('a record that moves to another lot', async () => {
    const target = opened.system();
    await tell(target, section('S1', { BID_SECTION_CODE: 'L1' }), section('S2', { BID_SECTION_CODE: 'L2' }));
    await tell(target, award('W', { BID_SECTION_CODE: 'L1', NOTICE_SEND_TIME: time, WIN_BIDDER_NAME: '甲公司' }));
    await tell(target, award('W', { BID_SECTION_CODE: 'L2', NOTICE_SEND_TIME: time, WIN_BIDDER_NAME: '甲公司' }));
    expect((await dealsOf(target)).map(({ wire }) => [wire['LOT_CODE'], wire['STATE'], wire['WINNER_NAME']])).toEqual([
      ['L1', 'PENDING', undefined],
      ['L2', 'AWARDED', '甲公司'],
    ]);
  });

  test('a project that gets another code', async () => {
    const target = opened.system();
    await tell(
      target,
      section('S1', { BID_SECTION_CODE: 'L1', TENDER_PROJECT_CODE: 'P1' }),
      section('S2', { BID_SECTION_CODE: 'L2', TENDER_PROJECT_CODE: 'P2' }),
    );
    await tell(target, put('TENDER_PROJECT', 'P', { TENDER_PROJECT_CODE: 'P1', TENDERER_NAME: '某局' }));
    await tell(target, put('TENDER_PROJECT', 'P', { TENDER_PROJECT_CODE: 'P2', TENDERER_NAME: '某局' }));
    expect((await dealsOf(target)).map(({ wire }) => [wire['LOT_CODE'], wire['PRINCIPAL_NAME']])).toEqual([
      ['L1', undefined],
      ['L2', '某局'],
    ]);
  });

  test('bids that are withdrawn, or move, count no more', async () => {
    const target = opened.system();
    const bid = (key: string, lot: string) => put('TENDER_LIST', key, { BID_SECTION_CODE: lot, BIDDER_NAME: key });
    await tell(
      target,
      section('S1', { BID_SECTION_CODE: 'L1' }),
      section('S2', { BID_SECTION_CODE: 'L2' }),
      bid('B1', 'L1'),
      bid('B2', 'L1'),
      bid('B3', 'L1'),
    );
    await tell(target, withdraw('TENDER_LIST', 'B1'), bid('B2', 'L2'));
    expect((await dealsOf(target)).map(({ wire }) => [wire['LOT_CODE'], wire['BIDDER_COUNT']])).toEqual([
      ['L1', '1'],
      ['L2', '1'],
    ]);
  });
});

describe('graph.md «Who sees what»: what is sealed leaves no trace in a derived row', () => {
  test('a bid does not renew the time at which its deal was received', async () => {
    const target = opened.system();
    await accept(target, [section('S', { BID_SECTION_CODE: 'L1' })], '2026-10-01T00:00:00.000000Z');
    await accept(target, [put('TENDER_LIST', 'B', { BID_SECTION_CODE: 'L1' })], '2026-10-02T00:00:00.000000Z');
    expect((await dealsOf(target)).map(({ wire, received }) => [wire['BIDDER_COUNT'], received])).toEqual([
      ['1', '2026-10-01T00:00:00.000000Z'],
    ]);
    await accept(target, [notice('N', { BID_SECTION_CODES: 'L1', BID_OPEN_TIME: time })], '2026-10-03T00:00:00.000000Z');
    expect((await dealsOf(target)).map(({ received }) => received)).toEqual(['2026-10-03T00:00:00.000000Z']);
  });
});

describe('board.graphql: deals that a system sends itself', () => {
  const own = put('BOARD_DEAL', 'D', {
    LOT_CODE: 'L1',
    CATEGORY: 'construction',
    DIRECTION: 'PUBLIC_PAYS',
    STATE: 'AWARDED',
    TITLE: '自报',
  });

  test.each([
    [[own, section('S', { BID_SECTION_CODE: 'L1', BID_SECTION_NAME: '推导' })]],
    [[section('S', { BID_SECTION_CODE: 'L1', BID_SECTION_NAME: '推导' }), own]],
  ])('stand as they are, alone for their lot; withdrawn, the lot is derived again', async (order) => {
    const target = opened.system();
    for (const record of order) await tell(target, record);
    expect((await dealsOf(target)).map(({ key, wire }) => [key, wire['TITLE']])).toEqual([['D', '自报']]);
    await tell(target, withdraw('BOARD_DEAL', 'D'));
    expect((await dealsOf(target)).map(({ key, wire }) => [key, wire['TITLE']])).toEqual([['construction:L1', '推导']]);
  });

  test('keyed by the lot like a derived one, they are not taken for it', async () => {
    const target = opened.system();
    const sent = put('BOARD_DEAL', 'construction:L1', own.record.fields);
    await tell(target, section('S', { BID_SECTION_CODE: 'L1', BID_SECTION_NAME: '推导' }), sent);
    await tell(target, withdraw('SECTION', 'S'));
    expect((await dealsOf(target)).map(({ key, wire }) => [key, wire['TITLE']])).toEqual([['construction:L1', '自报']]);
  });
});
