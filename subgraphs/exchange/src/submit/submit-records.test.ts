/**
 * Pushed records are kept once, and told of once. @see design/feed.md 4 and 8
 */
import { type SystemStore, writeXmlMessage } from '@hub/kit';
import { type Dataset, law } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type HostedSystems, goodRecord, openHostedSystems, submissionOfLines } from '../testing/hosted-system.ts';
import { type TestExchange, openTestExchange } from '../testing/test-exchange.ts';
import { dropOldSubmissions, findSubmission } from './submission-book.ts';
import type { SubmittedRecord } from './submission.ts';
import { readSubmission } from './read-submission.ts';
import { submitRecords } from './submit-records.ts';

const trade = datasetsOf('construction');
const register = datasetsOf('market');
const [dataset] = trade;
const own = register.find(({ byFields }) => !byFields) ?? dataset;
const shared = register.find(({ byFields }) => byFields) ?? dataset;

let exchange: TestExchange;
let hosting: HostedSystems;
beforeAll(async () => {
  exchange = await openTestExchange();
  hosting = await openHostedSystems(exchange.databaseUrl, ['board', 'construction', 'market']);
});
afterAll(async () => {
  await hosting[Symbol.asyncDispose]();
  await exchange[Symbol.asyncDispose]();
});

const newSystem = (): SystemStore => hosting.system(exchange.system(), ['construction']);
const pushing = (target: SystemStore, idempotencyKey: string) => ({ target, sender: target.system.code, idempotencyKey });

describe('A submission', () => {
  test('tells of each record, and keeps what is good', async () => {
    const target = newSystem();
    const good = [goodRecord(dataset, 'A'), goodRecord(dataset, 'B')];
    await submitRecords(exchange.store, pushing(target, 'first'), await submissionOfLines(good));
    const bad = { ...goodRecord(dataset, 'C').record, fields: {} };
    const body = [...good.slice(0, 1).map(({ record }) => writeXmlMessage(record)), writeXmlMessage(bad), '<DES><TITLE>'].join('\n');
    const receipt = await submitRecords(
      exchange.store,
      pushing(target, 'second'),
      await readSubmission({ format: 'XML', encoding: 'TEXT', body }),
    );
    const { accepted, unchanged, superseded, refused, total } = receipt;
    expect({ accepted, unchanged, superseded, refused, total }).toEqual({ accepted: 0, unchanged: 1, superseded: 0, refused: 2, total: 3 });
    expect(receipt.records.map(short)).toEqual(['UNCHANGED A 1', 'REFUSED C null', 'REFUSED  null']);
    const [, refusedOne, unread] = receipt.records;
    expect(refusedOne?.violations.filter(({ severity }) => severity === 'REFUSAL').length).toBeGreaterThan(1);
    expect(unread?.violations.map(({ rule }) => rule)).toEqual(['MESSAGE_UNREADABLE']);
    expect(await versions(target)).toEqual(['A 1', 'B 1']);
  });

  test('that comes again under its key gets the first receipt, whatever came between', async () => {
    const target = newSystem();
    const sent = await submissionOfLines([goodRecord(dataset, 'A')]);
    const first = await submitRecords(exchange.store, pushing(target, 'k'), sent);
    const changed = goodRecord(dataset, 'A', { DATA_TIMESTAMP: '20260301000000', PUB_SERVICE_PLAT_CODE: 'other' });
    await submitRecords(exchange.store, pushing(target, 'later'), await submissionOfLines([changed]));
    expect(first.records.map(short)).toEqual(['ACCEPTED A 1']);
    expect(await submitRecords(exchange.store, pushing(target, 'k'), sent)).toEqual(first);
    expect(await findSubmission(exchange.store, { sender: target.system.code, system: target.system.code, idempotencyKey: 'k' })).toEqual(
      first,
    );
    expect(await versions(target)).toEqual(['A 1', 'A 2']);
  });

  test('under a key of other content is refused, and nothing of it is kept', async () => {
    const target = newSystem();
    await submitRecords(exchange.store, pushing(target, 'k'), await submissionOfLines([goodRecord(dataset, 'A')]));
    const other = await submissionOfLines([goodRecord(dataset, 'B')]);
    await expect(submitRecords(exchange.store, pushing(target, 'k'), other)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await versions(target)).toEqual(['A 1']);
  });

  test('is another one of another sender', async () => {
    const [one, two] = [newSystem(), newSystem()];
    const sent = await submissionOfLines([goodRecord(dataset, 'A')]);
    const receipts = [
      await submitRecords(exchange.store, pushing(one, 'k'), sent),
      await submitRecords(exchange.store, pushing(two, 'k'), sent),
    ];
    expect(receipts.map(({ accepted }) => accepted)).toEqual([1, 1]);
  });

  test('whose process ends before it is answered tells later what was done, and does the rest', async () => {
    const target = newSystem();
    const sent = await submissionOfLines(Array.from({ length: 260 }, (_, place) => goodRecord(dataset, `K${place}`)));
    const name = { sender: target.system.code, system: target.system.code, idempotencyKey: 'k' };
    const ends = { ...pushing(target, 'k'), onPart: (part: number) => (part === 1 ? Promise.reject(new Error('ended')) : undefined) };
    await expect(submitRecords(exchange.store, ends, sent)).rejects.toThrow('ended');
    expect((await versions(target)).length).toBe(250);
    expect(await findSubmission(exchange.store, name)).toBeUndefined();
    const receipt = await submitRecords(exchange.store, pushing(target, 'k'), sent);
    expect(receipt.accepted).toBe(260);
    expect(await submitRecords(exchange.store, pushing(target, 'k'), sent)).toEqual(receipt);
  });

  test('that two processes are sent at once is one', async () => {
    const target = newSystem();
    const sent = await submissionOfLines(Array.from({ length: 260 }, (_, place) => goodRecord(dataset, `K${place}`)));
    const another = await exchange.another();
    const receipts = await Promise.all([exchange.store, another, another].map((store) => submitRecords(store, pushing(target, 'k'), sent)));
    expect(receipts.map(({ accepted }) => accepted)).toEqual([260, 260, 260]);
    expect((await versions(target)).length).toBe(260);
  });

  test('is forgotten after 400 days, and not before', async () => {
    const target = newSystem();
    const name = { sender: target.system.code, system: target.system.code, idempotencyKey: 'old' };
    const sent = await submissionOfLines([goodRecord(dataset, 'A')]);
    await submitRecords(exchange.store, pushing(target, 'old'), sent);
    const after = (days: number) => ({ ...exchange.store, clock: { nowMs: () => Date.now() + days * 86_400_000 } });
    await dropOldSubmissions(after(399));
    expect(await findSubmission(exchange.store, name)).toBeDefined();
    await dropOldSubmissions(after(401));
    expect(await findSubmission(exchange.store, name)).toBeUndefined();
  });

  test.each(['', 'with blank', '键', 'x'.repeat(129)])('has a key of visible ASCII: %j is none', async (idempotencyKey) => {
    const sent = await submissionOfLines([goodRecord(dataset, 'A')]);
    await expect(submitRecords(exchange.store, pushing(newSystem(), idempotencyKey), sent)).rejects.toMatchObject({
      code: 'QUERY_INVALID',
    });
  });
});

describe('A key of a shared register', () => {
  const to = (target: SystemStore, sender: string) => ({ target, sender, idempotencyKey: `${sender}-${Math.random()}` });

  test('is its first sender’s: another’s record under it is refused, and the first stands', async () => {
    const target = hosting.system(exchange.system(), ['market']);
    await submitRecords(exchange.store, to(target, 'one'), await submissionOfLines([goodRecord(own, 'one:1')]));
    const sent = await submissionOfLines([goodRecord(own, 'one:1', { DATA_TIMESTAMP: '20260901000000' }), goodRecord(own, 'two:1')]);
    const receipt = await submitRecords(exchange.store, to(target, 'two'), sent);
    expect(receipt.records.map(short)).toEqual(['REFUSED one:1 null', 'ACCEPTED two:1 1']);
    expect(receipt.records[0]?.violations.map(({ rule }) => rule)).toEqual(['KEY_OF_ANOTHER_SENDER']);
    const again = await submitRecords(exchange.store, to(target, 'one'), await submissionOfLines([goodRecord(own, 'one:1')]));
    expect(again.records.map(short)).toEqual(['UNCHANGED one:1 1']);
  });

  test('is the register’s own where its record came another way', async () => {
    const target = hosting.system(exchange.system(), ['market']);
    const { code } = target.system;
    await submitRecords(exchange.store, to(target, code), await submissionOfLines([goodRecord(own, '1')]));
    await exchange.sql`delete from sender_key where system = ${code}`;
    const receipt = await submitRecords(exchange.store, to(target, 'one'), await submissionOfLines([goodRecord(own, '1')]));
    expect(receipt.records.map(short)).toEqual(['REFUSED 1 null']);
  });

  test('that two senders take at once is one sender’s', async () => {
    const target = hosting.system(exchange.system(), ['market']);
    const senders = ['one', 'two', 'three'];
    const receipts = await Promise.all(
      senders.map(async (sender) => submitRecords(exchange.store, to(target, sender), await submissionOfLines([goodRecord(own, 'K')]))),
    );
    expect(receipts.flatMap(({ records }) => records.map(({ outcome }) => outcome)).toSorted()).toEqual(['ACCEPTED', 'REFUSED', 'REFUSED']);
  });

  test('is nobody’s where its key fields say what it is about', async () => {
    const target = hosting.system(exchange.system(), ['market']);
    const outcomes = [];
    for (const sender of ['one', 'two']) {
      const { records } = await submitRecords(exchange.store, to(target, sender), await submissionOfLines([goodRecord(shared, 'K')]));
      outcomes.push(records[0]?.outcome);
    }
    expect(outcomes).toEqual(['ACCEPTED', 'UNCHANGED']);
  });
});

function short({ outcome, key, version }: SubmittedRecord): string {
  return `${outcome} ${key} ${version}`;
}

async function versions({ system }: SystemStore): Promise<readonly string[]> {
  const found = await exchange.sql<{ key: string; version: number }[]>`select key, version from public.record_version
    where system = ${system.code} order by key, version`;
  return found.map(({ key, version }) => `${key} ${version}`);
}

function datasetsOf(name: string): readonly [Dataset, ...Dataset[]] {
  const [first, ...others] = law().contracts.find(({ contract }) => contract.name === name)?.contract.datasets ?? [];
  if (first === undefined) throw new Error(`no contract ${name}`);
  return [first, ...others];
}
