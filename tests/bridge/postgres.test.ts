/**
 * A PostgreSQL of somebody else's, read through views: what is new, changed or gone arrives; nothing is ever written there.
 * @see subgraphs/bridge/README.md «视图 · Views»
 */
import { type TestDatabase, openTestDatabase } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { type BridgeWorld, openBridgeWorld, reasonsIn, runOnce, standingIn, versionsIn } from '../support/bridge-world.ts';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-10-01T00:00:00+08:00');
const notices = {
  dataset: 'BOARD_NOTICE',
  from: 'hub_notice',
  key: ['id'],
  since: { column: 'updated_at', overlap: 60 },
  fields: {
    TITLE: 'title',
    CATEGORY: { from: 'kind', codes: { 工程: 'construction', 采购: 'procurement' } },
    STAGE: { value: 'TENDER' },
    PUBLISHED_AT: { from: 'published', as: 'time' },
  },
} as const;
const mapping = {
  version: 1,
  bridge: 'city-db',
  system: 'xingcheng',
  source: { kind: 'postgres', urlFrom: 'CITY_DB' },
  datasets: [notices],
} as const;

let world: BridgeWorld;
let foreign: TestDatabase;
let city: postgres.Sql;

beforeAll(async () => {
  world = await openBridgeWorld();
  foreign = await openTestDatabase();
  city = postgres(foreign.url, { max: 1, onnotice: () => {} });
});
beforeEach(async () => {
  world.nextSystem();
  await city.unsafe(`
    drop table if exists notice, touched cascade;
    create table notice (id int primary key, title text, kind text, published timestamptz, updated_at timestamptz not null);
    create view hub_notice as select * from notice;`);
});
afterAll(async () => {
  await city.end();
  await foreign[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const run = (more: object = {}) => runOnce(world, { mapping, env: { CITY_DB: foreign.url }, nowMs, ...more });
const insert = (id: number, title: string, updated = '2026-09-01 00:00:00+08') =>
  city`insert into notice values (${id}, ${title}, '工程', '2026-08-31 16:30:00+00', ${updated}::timestamptz)`;

describe('what comes', () => {
  test('a row becomes a record by the mapping: a code translated, an instant in UTC+8', async () => {
    await insert(1, '星城图书馆');
    const { count } = await run();
    expect(count).toEqual({ read: 1, stored: 1, withdrawn: 0, unchanged: 0, refused: 0, warned: 0 });
    expect(await standingIn(world)).toEqual({
      '1': { TITLE: '星城图书馆', CATEGORY: 'construction', STAGE: 'TENDER', PUBLISHED_AT: '20260901003000' },
    });
  });

  test('a change arrives as a version, a new row as a record, and what said nothing new is not sent again', async () => {
    await Promise.all([insert(1, '一'), insert(2, '二')]);
    await run();
    await city`update notice set title = '一（更正）', updated_at = '2026-09-02 00:00:00+08' where id = 1`;
    await insert(3, '三', '2026-09-03 00:00:00+08');
    // Within the overlap of what was read last: row 2 is read once more, and says nothing new.
    expect((await run()).count).toEqual({ read: 3, stored: 2, withdrawn: 0, unchanged: 1, refused: 0, warned: 0 });
    expect((await versionsIn(world)).map(({ key, version, op }) => [key, version, op])).toEqual([
      ['1', 1, 'put'],
      ['1', 2, 'put'],
      ['2', 1, 'put'],
      ['3', 1, 'put'],
    ]);
  });

  test('a row that was committed late, with a time before the last one read, is found within the overlap', async () => {
    await insert(1, '一', '2026-09-01 00:01:00+08');
    await run();
    await insert(2, '迟到', '2026-09-01 00:00:30+08');
    expect((await run()).count.stored).toBe(1);
  });

  test('a deletion arrives as a withdrawal with the next comparison of all rows; what comes back stands again', async () => {
    await Promise.all([insert(1, '一'), insert(2, '二')]);
    const stamped = {
      ...mapping,
      datasets: [{ ...notices, fields: { ...notices.fields, DATA_TIMESTAMP: { from: 'updated_at', as: 'time' } } }],
    };
    await run({ mapping: stamped });
    await city`delete from notice where id = 2`;
    expect((await run({ mapping: stamped })).count.withdrawn).toBe(0);
    expect((await run({ mapping: stamped, nowMs: nowMs + dayMs })).count.withdrawn).toBe(1);
    expect(Object.keys(await standingIn(world))).toEqual(['1']);
    expect(await reasonsIn(world)).toEqual([['2', 'VANISHED']]);
    await insert(2, '二');
    expect((await run({ mapping: stamped, nowMs: nowMs + dayMs })).count.stored).toBe(1);
    expect(Object.keys(await standingIn(world))).toEqual(['1', '2']);
  });

  test('a change of the mapping reads all rows again', async () => {
    await insert(1, '一');
    await run();
    const other = { ...mapping, datasets: [{ ...notices, fields: { ...notices.fields, STAGE: { value: 'AWARD' } } }] };
    expect((await run({ mapping: other })).count.stored).toBe(1);
  });

  test('without a column that only grows, every round compares all rows', async () => {
    const { since: _, ...whole } = notices;
    await Promise.all([insert(1, '一'), insert(2, '二')]);
    await run({ mapping: { ...mapping, datasets: [whole] } });
    await city`delete from notice where id = 1`;
    expect((await run({ mapping: { ...mapping, datasets: [whole] } })).count).toEqual({
      read: 1,
      stored: 0,
      withdrawn: 1,
      unchanged: 1,
      refused: 0,
      warned: 0,
    });
  });
});

describe('what does not come', () => {
  test('a row the mapping or the law cannot take is refused with its key, and taken when it is mended', async () => {
    await city`insert into notice values (7, '无类别', '矿业', null, now()), (8, null, '工程', null, now())`;
    const { count, findings } = await run();
    expect(count).toEqual({ read: 2, stored: 0, withdrawn: 0, unchanged: 0, refused: 2, warned: 0 });
    expect(findings.map(({ row, rule, field, value }) => ({ row, rule, field, value }))).toEqual([
      { row: '7', rule: 'VALUE_UNMAPPED', field: 'CATEGORY', value: '矿业' },
      { row: '8', rule: 'REQUIRED_MISSING', field: 'TITLE', value: undefined },
    ]);
    await city`update notice set kind = '采购', title = '有了', updated_at = now()`;
    expect((await run()).count.stored).toBe(2);
  });

  test('a row that turns bad keeps its record as it was: it is refused, not withdrawn', async () => {
    await insert(1, '一');
    await run();
    await city`update notice set kind = '矿业', updated_at = now()`;
    expect((await run({ nowMs: nowMs + dayMs })).count).toMatchObject({ refused: 1, withdrawn: 0 });
    expect(await standingIn(world)).toHaveProperty('1');
  });

  test('a source that suddenly lacks most of its rows withdraws nothing until somebody says so', async () => {
    await city`insert into notice select n, 'n' || n, '工程', null, now() from generate_series(1, 40) n`;
    await run();
    await city`delete from notice where id > 5`;
    await expect(run({ nowMs: nowMs + dayMs })).rejects.toMatchObject({
      code: 'SYSTEM_FAILED',
      message: expect.stringContaining('少了 35 行'),
    });
    expect(Object.keys(await standingIn(world))).toHaveLength(40);
    expect((await run({ nowMs: nowMs + dayMs, withdrawMany: true })).count.withdrawn).toBe(35);
  });

  test('a view or a column that is not there is named, and a variable that is not set', async () => {
    const without = { ...mapping, datasets: [{ ...notices, from: 'hub_nothing' }] };
    await expect(run({ mapping: without })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('hub_nothing'),
    });
    const wrong = { ...mapping, datasets: [{ ...notices, key: ['nummer'] }] };
    await expect(run({ mapping: wrong })).rejects.toMatchObject({ message: expect.stringContaining('nummer') });
    await expect(run({ env: {} })).rejects.toMatchObject({ message: expect.stringContaining('CITY_DB') });
  });
});

describe('the source is never written to', () => {
  test('a view that writes is refused by the database itself', async () => {
    await city.unsafe(`
      create table touched (at timestamptz);
      create or replace function touch() returns int language plpgsql volatile as $$ begin insert into touched values (now()); return 1; end $$;
      create view hub_touch as select id, title, kind, published, updated_at, touch() as t from notice;`);
    await insert(1, '一');
    const touching = { ...mapping, datasets: [{ ...notices, from: 'hub_touch', key: ['id', 't'] }] };
    await expect(run({ mapping: touching })).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      messageEn: expect.stringMatching(/25006 cannot execute INSERT in a read-only transaction/),
    });
    expect(await city`select * from touched`).toHaveLength(0);
  });
});

test('two processes never run one bridge', async () => {
  await city`insert into notice select n, 'n' || n, '工程', null, now() from generate_series(1, 300) n`;
  let second: Promise<unknown> | undefined;
  await run({ onProgress: () => void (second ??= run().catch((cause: unknown) => cause)) });
  expect(await second).toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining('另一个进程') });
});

test('ended in its midst, a pass goes on where it was', async () => {
  await city`insert into notice select n, 'n' || n, '工程', null, now() from generate_series(1, 1000) n`;
  const ending = new AbortController();
  const first = await run({ signal: ending.signal, onProgress: () => ending.abort() });
  const second = await run();
  expect([first.count.read, second.count.read]).toEqual([250, 750]);
  expect(Object.keys(await standingIn(world))).toHaveLength(1000);
});
