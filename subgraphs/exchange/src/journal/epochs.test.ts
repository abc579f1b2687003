/** @see design/feed.md 6 */
import type { FeedEntry } from '@hub/kit';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { readUntold } from '../records/read-untold.ts';
import { readSource } from '../store/source-state.ts';
import { type TestExchange, entryOf, openTestExchange, pageOf } from '../testing/index.ts';

import { takePage } from './take-page.ts';

let exchange: TestExchange;
beforeAll(async () => {
  exchange = await openTestExchange();
});
afterAll(() => exchange[Symbol.asyncDispose]());

const record = (key: string, name: string, told: Partial<FeedEntry> = {}): FeedEntry =>
  entryOf({ dataset: 'PROJECT', key, fields: { PROJECT_NAME: name }, ...told });

test('a page that goes on behind positions that were never taken is a fault of the source, and nothing of it is taken', async () => {
  const system = exchange.system();
  await takePage(exchange.store, pageOf(system, [record('a', '甲')]));
  const ahead = pageOf(system, [record('b', '乙', { position: 3 })]);
  await expect(takePage(exchange.store, ahead)).rejects.toMatchObject({ code: 'SYSTEM_FAILED' });
  const holed = pageOf(system, [record('b', '乙', { position: 2 }), record('c', '丙', { position: 4 })]);
  await expect(takePage(exchange.store, holed)).rejects.toMatchObject({ code: 'SYSTEM_FAILED' });
  const short = { ...pageOf(system, [record('b', '乙', { position: 2 })]), scanned: { from: 2, to: 3 } };
  await expect(takePage(exchange.store, short)).rejects.toMatchObject({ code: 'SYSTEM_FAILED' });
  expect(await exchange.states(system)).toEqual(['1 ACCEPTED']);
});

test('a new epoch without a snapshot is refused: what it would tell again are no changes', async () => {
  const system = exchange.system();
  await takePage(exchange.store, pageOf(system, [record('a', '甲')]));
  const renewed = pageOf(system, [record('a', '甲')], { epoch: 'epoch-2' });
  await expect(takePage(exchange.store, renewed)).rejects.toMatchObject({ code: 'EPOCH_CHANGED', system });
});

test('a new epoch is compared record by record: what is the same is no change, what differs is, and what it lacks is listed', async () => {
  const system = exchange.system();
  const before = [
    record('a', '甲'),
    record('b', '乙', { position: 2 }),
    record('c', '丙', { position: 3 }),
    record('c', '丙改', { position: 4, version: 2 }),
  ];
  await takePage(exchange.store, pageOf(system, before));
  const renewal = { epoch: 'epoch-2', snapshot: 3, head: 4 };
  await takePage(exchange.store, pageOf(system, [record('a', '甲', { position: 1 })], { ...renewal, scanned: { from: 1, to: 2 } }));
  expect(await readSource(exchange.store, system)).toMatchObject({ epoch: 'epoch-2', position: 2, snapshot: 3, state: 'RECONCILING' });
  expect(await readUntold(exchange.store, system, 10)).toEqual([]);
  const taken = await takePage(
    exchange.store,
    pageOf(system, [record('c', '丙', { position: 3 })], { ...renewal, scanned: { from: 3, to: 3 } }),
  );
  expect(taken).toEqual({ position: 3, accepted: 1, refused: 0, waiting: 0 });
  await takePage(exchange.store, pageOf(system, [record('d', '丁', { position: 4 })], { epoch: 'epoch-2' }));
  await exchange.sequence();
  const old = ['1 PROJECT a 1 put', '2 PROJECT b 1 put', '3 PROJECT c 1 put', '4 PROJECT c 2 put'];
  expect(await exchange.told(system)).toEqual([...old, '3 PROJECT c 3 put', '4 PROJECT d 1 put']);
  expect(await readUntold(exchange.store, system, 10)).toEqual([{ dataset: 'PROJECT', key: 'b', version: 1 }]);
  expect(await readSource(exchange.store, system)).toMatchObject({ epoch: 'epoch-2', position: 4, snapshot: 3, state: 'FOLLOWING' });
});

test('a snapshot that is begun again before its end repeats nothing', async () => {
  const system = exchange.system();
  await takePage(exchange.store, pageOf(system, [record('a', '甲')]));
  const unknown = {
    position: 2,
    raw: '{',
    violation: { rule: 'MESSAGE_UNREADABLE', severity: 'refusal', field: '', messageZh: '', messageEn: '' },
  } as const;
  const told = [record('a', '甲改', { position: 1 }), unknown];
  await takePage(exchange.store, pageOf(system, told, { epoch: 'epoch-2', snapshot: 3 }));
  await takePage(exchange.store, pageOf(system, told, { epoch: 'epoch-2', snapshot: 4 }));
  expect(await exchange.states(system, 'epoch-2')).toEqual(['1 ACCEPTED', '2 REFUSED']);
  expect(await readSource(exchange.store, system)).toMatchObject({ position: 2, snapshot: 4, state: 'RECONCILING' });
});
