/**
 * What lists of refusals and receipts tell, and how much of it at once. @see schema/PROTOCOL.md 15
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { takePage } from '../journal/take-page.ts';
import { type TestExchange, entryOf, openTestExchange, pageOf } from '../testing/index.ts';

import { receiptPage } from './receipt-page.ts';
import { refusedRecords } from './refused-records.ts';

let exchange: TestExchange;
beforeAll(async () => {
  exchange = await openTestExchange();
});
afterAll(() => exchange[Symbol.asyncDispose]());

describe('What was refused', () => {
  test('for a person’s number in its key is listed by its position alone', async () => {
    const system = exchange.system();
    await takePage(exchange.store, pageOf(system, [entryOf({ dataset: 'PROJECT', key: '11010519491231002X' })]));
    const { nodes } = await refusedRecords(exchange.store, { system, first: 10 });
    expect(nodes.map(({ sourcePosition, key }) => ({ sourcePosition, key }))).toEqual([{ sourcePosition: 1, key: '' }]);
    expect(nodes[0]?.violations.map(({ rule }) => rule)).toContain('KEY_PERSON_NUMBER');
  });
});

describe('A page of receipts', () => {
  test('ends early where they are large, and goes on where it ended', async () => {
    const system = exchange.system();
    const filler = 'x'.repeat(3 * 1024 * 1024);
    await exchange.sql`insert into outbox (era, system, body) select (select max(era) from feed_era), ${`receipts:${system}`},
      '"kind":"TAKEN","filler":"' || ${filler}::text || '"}' from generate_series(1, 3)`;
    await exchange.sequence();
    const first = await receiptPage(exchange.store, { system, after: 0, first: 500 });
    expect([first.receipts.map(({ position }) => position), first.more]).toEqual([[1], true]);
    const last = await receiptPage(exchange.store, { system, after: 2, first: 500 });
    expect([last.receipts.map(({ position }) => position), last.more]).toEqual([[3], false]);
  });
});
