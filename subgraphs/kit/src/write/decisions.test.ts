import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { BoardRow } from '../testing/test-board.ts';
import { dealOf, dealsOf, noticesOf } from '../testing/test-board.ts';
import { put, tell, withdraw } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';
import { toyTrade, withBoard } from '../testing/toy-trade.ts';
import type { Incoming } from './accept-records.ts';

let opened: TestStore;
beforeAll(async () => void (opened = await openTestStore({ contracts: withBoard(toyTrade) })));
afterAll(() => opened[Symbol.asyncDispose]());

type Fields = Readonly<Record<string, string>>;
const of = (dataset: string) => (key: string, fields: Fields) => put(dataset, key, { PROJECT: 'P', ...fields });
const [lot, bid, result, report, share, registration] = [
  of('TOY_LOT'),
  of('TOY_BID'),
  of('TOY_RESULT'),
  of('TOY_REPORT'),
  of('TOY_SHARE'),
  of('TOY_REGISTRATION'),
];
const [first, second, third] = ['20260901', '20260902', '20260903'];

/** What the deal says of its outcome, the same whatever the order the records came in; undefined when there is no deal. */
async function outcomeOf(...records: readonly Incoming[]): Promise<BoardRow['wire'] | undefined> {
  const [outcome, other] = [await told(records), await told(records.toReversed())];
  expect(other).toEqual(outcome);
  return outcome;
}

async function told(records: readonly Incoming[]): Promise<BoardRow['wire'] | undefined> {
  const target = opened.system();
  for (const record of records) await tell(target, record);
  const deal = await dealOf(target, 'P');
  const about = new Set(['CATEGORY', 'DIRECTION', 'LOT_CODE', 'RECORD_ID']);
  return deal && Object.fromEntries(Object.entries(deal).filter(([code]) => !about.has(code)));
}

describe('directives.graphql @deal(each:): one row is one winner', () => {
  const one = share('S1', { WINNER: '甲公司', WINNER_CODE: 'C1', PRICE: '0.1', PRICE_UNIT: '0', SOLD: first });
  const two = share('S2', { WINNER: '乙公司', WINNER_CODE: 'C2', PRICE: '20.00002', PRICE_UNIT: '1', SOLD: second });

  test('winners stand together, amounts add up exactly, the latest decision’s time holds', async () => {
    expect(await outcomeOf(one, two)).toEqual({
      STATE: 'AWARDED',
      DECIDED_AT: second,
      WINNER_NAME: '甲公司;乙公司',
      WINNER_CODE: 'C1;C2',
      PRICE: '200000.3',
      PRICE_UNIT: '0',
    });
  });

  test('alone, a row is told as it came', async () => {
    expect(await outcomeOf(two)).toEqual({
      STATE: 'AWARDED',
      DECIDED_AT: second,
      WINNER_NAME: '乙公司',
      WINNER_CODE: 'C2',
      PRICE: '20.00002',
      PRICE_UNIT: '1',
    });
  });

  test('one who wins twice is listed once, one without a code keeps no other’s', async () => {
    const again = share('S3', { WINNER: '甲公司', WINNER_CODE: 'C1', PRICE: '1', PRICE_UNIT: '0', SOLD: third });
    const codeless = share('S4', { WINNER: '丙先生', PRICE: '1', PRICE_UNIT: '0', SOLD: third });
    expect(await outcomeOf(one, two, again, codeless)).toMatchObject({
      WINNER_NAME: '丙先生;甲公司;乙公司',
      WINNER_CODE: ';C1;C2',
      PRICE: '200002.3',
    });
  });

  test('a part without a true amount leaves the whole without one', async () => {
    const rate = share('S3', { WINNER: '丙公司', PRICE: '3', PRICE_UNIT: '0', PRICE_FORM: '3', SOLD: third });
    const silent = share('S4', { WINNER: '丁公司', SOLD: third });
    for (const part of [rate, silent]) {
      const outcome = await outcomeOf(one, part);
      expect(outcome).not.toHaveProperty('PRICE');
      expect(outcome).not.toHaveProperty('PRICE_UNIT');
    }
  });

  test('withdrawn, it leaves the sum', async () => {
    const target = opened.system();
    await tell(target, one, two, withdraw('TOY_SHARE', 'S2'));
    expect(await dealOf(target, 'P')).toMatchObject({ WINNER_NAME: '甲公司', PRICE: '0.1', DECIDED_AT: first });
  });

  test('a failure ends what was sold before, and what is sold later begins anew', async () => {
    const failure = result('R', { KIND: '0', SOLD: second });
    expect(await outcomeOf(one, failure)).toEqual({ STATE: 'FAILED', DECIDED_AT: second });
    const later = share('S3', { WINNER: '丙公司', SOLD: third });
    expect(await outcomeOf(one, failure, later)).toEqual({ STATE: 'AWARDED', DECIDED_AT: third, WINNER_NAME: '丙公司' });
  });

  test('a decision that names winners itself holds as a whole; one that names none leaves them standing', async () => {
    const whole = result('R', { WINNER: '丙公司', SOLD: third });
    expect(await outcomeOf(one, two, whole)).toEqual({ STATE: 'AWARDED', DECIDED_AT: third, WINNER_NAME: '丙公司' });
    expect(await outcomeOf(one, two, report('A', { SOLD: third }))).toMatchObject({
      DECIDED_AT: third,
      WINNER_NAME: '甲公司;乙公司',
      PRICE: '200000.3',
    });
  });
});

describe('directives.graphql @deal(otherwise:): a decision that gives way', () => {
  const granted = registration('G', { KIND: '1', WINNER: '甲公司', SOLD: third });

  test('holds where nothing else decides', async () => {
    expect(await outcomeOf(granted)).toEqual({ STATE: 'AWARDED', DECIDED_AT: third, WINNER_NAME: '甲公司' });
  });

  test('and not where something does, however much earlier', async () => {
    const sold = result('R', { WINNER: '乙公司', PRICE: '7', PRICE_UNIT: '1', SOLD: first });
    expect(await outcomeOf(sold, granted)).toEqual({
      STATE: 'AWARDED',
      DECIDED_AT: first,
      WINNER_NAME: '乙公司',
      PRICE: '7',
      PRICE_UNIT: '1',
    });
  });

  test('a row whose code is in no pair tells nothing: it makes no deal, and changes none', async () => {
    const renewed = registration('G2', { KIND: '0', WINNER: '丙公司', SOLD: '20270101' });
    expect(await outcomeOf(renewed)).toBeUndefined();
    expect(await outcomeOf(granted, renewed)).toEqual({ STATE: 'AWARDED', DECIDED_AT: third, WINNER_NAME: '甲公司' });
  });
});

describe('directives.graphql @deal(isLot:, bidderCount:)', () => {
  test('a deal leads to the lot itself, not to a record about it', async () => {
    const target = opened.system();
    await tell(target, result('A', { SOLD: first }), put('TOY_NOTICE', 'N', { PROJECT: 'P', TITLE: '公告' }), lot('Z', { TITLE: '标的' }));
    expect((await dealOf(target, 'P'))?.['RECORD_ID']).toBe('ToyPiece Z');
  });

  test('the number of bidders is told with the decision, and rows that are bidders are counted instead', async () => {
    const told = result('R', { BIDDERS: '7', SOLD: first });
    expect(await outcomeOf(told)).toMatchObject({ BIDDER_COUNT: '7' });
    expect(await outcomeOf(told, result('R2', { SOLD: second }))).not.toHaveProperty('BIDDER_COUNT');
    expect(await outcomeOf(told, bid('B1', {}), bid('B2', {}))).toMatchObject({ BIDDER_COUNT: '2' });
  });

  test('a reference price keeps its form, so that a rate is read as no amount', async () => {
    const target = opened.system();
    await tell(target, lot('L', { PRICE: '3', PRICE_UNIT: '0', PRICE_FORM: '2' }));
    expect(await dealOf(target, 'P')).toMatchObject({ REFERENCE: '3', REFERENCE_UNIT: '0', REFERENCE_FORM_CODE: '2' });
  });
});

describe('directives.graphql @notice(category:), @deal(category:): a record may name its own category', () => {
  const notice = (fields: Fields) => put('TOY_NOTICE', 'N', { TITLE: '公告', PROJECT: 'P', ...fields });

  test.each<[string, Fields, readonly [string, string]]>([
    ['none', {}, ['property', 'PUBLIC_RECEIVES']],
    ['one of the list: its direction is the list’s', { CATEGORY: 'construction' }, ['construction', 'PUBLIC_PAYS']],
    ['one of no list: its direction is the contract’s', { CATEGORY: 'tea' }, ['tea', 'PUBLIC_RECEIVES']],
  ])('%s', async (_, fields, expected) => {
    const target = opened.system();
    // A later record that names none leaves the category as it is.
    await tell(target, notice(fields), result('R', { SOLD: third }));
    expect((await dealsOf(target)).map(({ wire }) => [wire['CATEGORY'], wire['DIRECTION']])).toEqual([expected]);
    expect((await noticesOf(target)).map(({ wire }) => wire['CATEGORY'])).toEqual([expected[0]]);
  });
});
