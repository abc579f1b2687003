import { createHash } from 'node:crypto';

import { type TestDatabase, migratedForSystems, openTestDatabase } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { type FeedSystem, entriesOf, openFeedSystem, put, refusalOf, sequenced as sequencedTo, withdraw } from '../support/feed-system.ts';
import { toyProvince } from '../support/toy-province.ts';

let database: TestDatabase;
let sql: postgres.Sql;
let system: FeedSystem;
let systems = 0;

beforeAll(async () => {
  database = await openTestDatabase(migratedForSystems(await toyProvince()));
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
});
beforeEach(async () => {
  await system?.[Symbol.asyncDispose]();
  system = await openFeedSystem(database.url, { code: `toy-${(systems += 1)}` });
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
  await sql.end();
  await database[Symbol.asyncDispose]();
});

const project = (name: string, at = '') => put('PROJECT', 'P', { PROJECT_NAME: name, ...(at === '' ? {} : { DATA_TIMESTAMP: at }) });
const notice = (key: string, category: string) => put('BOARD_NOTICE', key, { TITLE: `公告 ${key}`, CATEGORY: category, STAGE: 'TENDER' });

const sequenced = (head: number): Promise<void> => sequencedTo(sql, system, head);

describe('feed.md 4: what is a change', () => {
  test('A, B and A again are three; what is older than what stands is none; the same again is none', async () => {
    const [a1, b, a2] = [project('甲', '20261101000000'), project('乙', '20261102000000'), project('甲', '20261103000000')];
    for (const record of [a1, b, a2]) await system.accept(record);
    const late = await system.accept(project('丙', '20261101120000'));
    const again = [...(await system.accept(a1, b, a2)), ...(await system.accept(a2))];
    expect([late, again].map((answers) => answers.map(({ outcome }) => outcome?.state))).toEqual([
      ['SUPERSEDED'],
      ['UNCHANGED', 'UNCHANGED', 'UNCHANGED', 'UNCHANGED'],
    ]);
    await sequenced(3);
    const entries = (await system.page({})).entries;
    expect(entries.map(({ position, version, op, payload, dataTimestamp }) => [position, version, op, payload, dataTimestamp])).toEqual([
      [1, 1, 'put', '{"PROJECT_NAME":"甲"}', '20261101000000'],
      [2, 2, 'put', '{"PROJECT_NAME":"乙"}', '20261102000000'],
      [3, 3, 'put', '{"PROJECT_NAME":"甲"}', '20261103000000'],
    ]);
    expect(entries[0]?.hash).toBe(entries[2]?.hash);
  });

  test('a change brings the whole version, and its hash is of the very text it brings', async () => {
    await system.accept(put('PROJECT', 'P', { PROJECT_NAME: '甲', REGION_CODE: '', B: '\u{20BB7}"\\', DATA_TIMESTAMP: '20261101' }));
    await sequenced(1);
    const payload = '{"B":"\u{20BB7}\\"\\\\","PROJECT_NAME":"甲"}';
    expect((await system.page({})).entries).toEqual([
      {
        position: 1,
        dataset: 'PROJECT',
        key: 'P',
        version: 1,
        op: 'put',
        hash: createHash('sm3').update(`hub/record-content/1\nPROJECT\n${payload}`).digest('hex'),
        payload,
        dataTimestamp: '20261101',
        contract: 'construction@1.0.0',
        categories: ['construction'],
        source: { kind: 'PUBLISHED', name: '某平台' },
        receivedAt: '2026-11-01T00:00:00.000000Z',
      },
    ]);
  });

  test('withdrawals are tombstones with a reason and stay; a record that changes its owner says where it went', async () => {
    await system.accept(put('PROJECT', 'P', { PROJECT_NAME: '甲' }), put('PROJECT', 'Q', { PROJECT_NAME: '乙' }));
    await system.accept(withdraw('PROJECT', 'P'), { ...withdraw('PROJECT', 'Q'), reason: 'MOVED', moved: 'toy-west' });
    await system.accept({ ...put('PROJECT', 'R', { PROJECT_NAME: '丙' }), moved: 'toy-west' });
    await sequenced(5);
    const told = (await system.page({})).entries.map(({ key, op, reason, movedTo, movedFrom }) => ({
      key,
      op,
      reason,
      movedTo,
      movedFrom,
    }));
    expect(told.slice(2)).toEqual([
      { key: 'P', op: 'withdraw', reason: 'SENDER' },
      { key: 'Q', op: 'withdraw', reason: 'MOVED', movedTo: 'toy-west' },
      { key: 'R', op: 'put', movedFrom: 'toy-west' },
    ]);
    const erased = sql`delete from feed where system = ${system.code} and position = 3`;
    await expect(erased).rejects.toThrow('feed is never altered');
  });
});

describe('feed.md 5: a page says what it is complete for', () => {
  test('of some datasets or trades; a record that leaves a trade is told to those who follow it', async () => {
    await system.accept(project('甲'), notice('N', 'construction'), notice('O', 'procurement'));
    await system.accept(notice('N', 'procurement'));
    await system.accept(withdraw('BOARD_NOTICE', 'O'));
    await sequenced(5);
    const told = async (filter: object) => {
      const { entries, scanned, more } = await system.page(filter);
      return [entries.map(({ position, categories }) => [position, categories.join(' ')]), scanned, more];
    };
    const all = { from: 1, to: 5 };
    expect(await told({ datasets: ['PROJECT'] })).toEqual([[[1, 'construction']], all, false]);
    expect(await told({ categories: ['construction'] })).toEqual([
      [
        [1, 'construction'],
        [2, 'construction'],
        [4, 'procurement construction'],
      ],
      all,
      false,
    ]);
    expect(await told({ categories: ['procurement'], first: 2 })).toEqual([
      [
        [3, 'procurement'],
        [4, 'procurement construction'],
      ],
      { from: 1, to: 4 },
      true,
    ]);
    expect(await told({ categories: ['land'] })).toEqual([[], all, false]);
    expect(refusalOf(await system.ask({ datasets: ['NONE'] }))).toEqual([400, 'FILTER_INVALID']);
  });

  test('a page ends early rather than grow without bound, and still brings one change', async () => {
    const text = 'x'.repeat(3 * 1024 * 1024);
    await system.accept(
      ...['A', 'B', 'C'].map((key) => put('BOARD_NOTICE', key, { TITLE: key, CATEGORY: 'construction', STAGE: 'TENDER', HTML: text })),
    );
    await sequenced(3);
    const pages = await system.follow({});
    expect(pages.map(({ entries, scanned }) => [entries.map(({ key }) => key), scanned])).toEqual([
      [['A'], { from: 1, to: 1 }],
      [['B'], { from: 2, to: 2 }],
      [['C'], { from: 3, to: 3 }],
    ]);
  });

  test('who waits is answered as soon as there is something', async () => {
    const { cursor } = await system.page({});
    const waiting = system.page({ after: cursor, waitMs: 20_000 });
    await system.accept(project('甲'));
    await sequenced(1);
    expect((await waiting).entries.map(({ position }) => position)).toEqual([1]);
    const { entries } = await system.page({ after: (await waiting).cursor, waitMs: 1 });
    expect(entries).toEqual([]);
  });
});

describe('feed.md 7: a snapshot, then the tail from the next position', () => {
  test('together they make the state that the whole feed makes', async () => {
    const keys = Array.from({ length: 30 }, (_, place) => `K${place}`);
    await system.accept(...keys.map((key) => put('PROJECT', key, { PROJECT_NAME: '一' })));
    await system.accept(...keys.slice(0, 10).map((key) => put('PROJECT', key, { PROJECT_NAME: '二' })), withdraw('PROJECT', 'K20'));
    await sequenced(41);
    const first = await system.page({ snapshot: true, first: 7 });
    await system.accept(...keys.slice(5, 15).map((key) => put('PROJECT', key, { PROJECT_NAME: '三' })), withdraw('PROJECT', 'K29'));
    await sequenced(52);
    const pages = [first, ...(await system.follow({ after: first.cursor, first: 7 }))];
    expect(stateOf(pages)).toEqual(stateOf(await system.follow({})));
    expect(entriesOf(pages.filter(({ snapshot }) => snapshot === 41))).toHaveLength(29);
    expect(entriesOf(pages.filter(({ snapshot }) => snapshot === null)).map(({ position }) => position)).toEqual(
      Array.from({ length: 11 }, (_, place) => 42 + place),
    );
    const earlier = entriesOf([await system.page({ snapshot: 30, first: 100 })]);
    expect(earlier.map(({ payload }) => payload)).toEqual(keys.map(() => '{"PROJECT_NAME":"一"}'));
  });
});

function stateOf(pages: Parameters<typeof entriesOf>[0]): Readonly<Record<string, string>> {
  const state = new Map<string, string>();
  for (const { key, op, payload } of entriesOf(pages)) {
    if (op === 'put') state.set(key, payload);
    else state.delete(key);
  }
  return Object.fromEntries([...state].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
