/**
 * A MySQL or MariaDB of somebody else's, read through views, as it is in cities: DATETIME without a zone, GBK columns, keys of
 * several columns, numbers longer than a double.
 * @see subgraphs/bridge/README.md «视图 · Views»
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { type BridgeWorld, openBridgeWorld, runOnce, standingIn, versionsIn } from '../support/bridge-world.ts';
import { type ForeignMysql, openForeignMysql } from '../support/foreign-mysql.ts';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-10-01T00:00:00+08:00');
const notices = {
  dataset: 'BOARD_NOTICE',
  from: 'hub_notice',
  key: ['branch', 'id'],
  since: { column: 'updated_at', overlap: 60 },
  fields: {
    TITLE: 'title',
    CATEGORY: { value: 'construction' },
    STAGE: { value: 'TENDER' },
    PUBLISHED_AT: { from: 'published', as: 'time' },
  },
} as const;
const mapping = {
  version: 1,
  bridge: 'city-db',
  system: 'xingcheng',
  source: { kind: 'mysql', urlFrom: 'CITY_DB' },
  datasets: [notices],
} as const;

let world: BridgeWorld;
let foreign: ForeignMysql;

beforeAll(async () => {
  world = await openBridgeWorld();
  foreign = await openForeignMysql();
}, 120_000);
afterAll(async () => {
  await foreign[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});
beforeEach(async () => {
  world.nextSystem();
  await foreign.connection.query(`
    drop view if exists hub_notice;
    drop table if exists notice, touched;
    create table notice (branch varchar(10), id bigint, title varchar(200) character set gbk, published timestamp(3) null,
      updated_at datetime(6) not null, primary key (branch, id));
    create view hub_notice as select * from notice;`);
});

const run = (more: object = {}) => runOnce(world, { mapping, env: { CITY_DB: foreign.url }, nowMs, ...more });
const insert = (id: bigint | number, title: string, updated = '2026-09-01 00:00:00') =>
  foreign.connection.query(`set time_zone = '+00:00'; insert into notice values ('北', ?, ?, '2026-08-31 16:30:00.5', ?)`, [
    String(id),
    title,
    updated,
  ]);

test('rows become records: GBK text, an instant in UTC+8, a key of two columns and nineteen digits', async () => {
  await insert(9_007_199_254_740_993n, '星城图书馆（二期）');
  expect((await run()).count).toEqual({ read: 1, stored: 1, withdrawn: 0, unchanged: 0, refused: 0, warned: 0 });
  expect(await standingIn(world)).toEqual({
    '北|9007199254740993': { TITLE: '星城图书馆（二期）', CATEGORY: 'construction', STAGE: 'TENDER', PUBLISHED_AT: '20260901003000' },
  });
});

test('an update arrives as a version, a late commit within the overlap, a deletion as a withdrawal', async () => {
  await insert(1, '一');
  await insert(2, '二', '2026-09-01 00:01:00.000001');
  await run();
  await foreign.connection.query(`update notice set title = '一（更正）', updated_at = '2026-09-02' where id = 1`);
  await insert(3, '迟到', '2026-09-01 00:00:30');
  expect((await run()).count).toMatchObject({ stored: 2, withdrawn: 0, refused: 0 });
  await foreign.connection.query('delete from notice where id = 2');
  expect((await run({ nowMs: nowMs + dayMs })).count).toMatchObject({ stored: 0, withdrawn: 1 });
  expect((await versionsIn(world)).map(({ key, version, op }) => [key, version, op])).toEqual([
    ['北|1', 1, 'put'],
    ['北|1', 2, 'put'],
    ['北|2', 1, 'put'],
    ['北|2', 2, 'withdraw'],
    ['北|3', 1, 'put'],
  ]);
});

test('ended in its midst, a pass goes on where it was, in the order of the keys', async () => {
  await foreign.connection.query(
    `insert into notice select if(seq % 3 = 0, '南', '北'), seq, concat('n', seq), null, now() from seq_1_to_1000`,
  );
  const ending = new AbortController();
  const first = await run({ signal: ending.signal, onProgress: () => ending.abort() });
  const second = await run();
  expect([first.count.read, second.count.read]).toEqual([250, 750]);
  expect(Object.keys(await standingIn(world))).toHaveLength(1000);
});

describe('the source is never written to', () => {
  test('a view that writes is refused by the server itself', async () => {
    await foreign.connection.query(`
      create table touched (at datetime);
      create or replace function touch() returns int not deterministic modifies sql data begin insert into touched values (now()); return 1; end;`);
    await foreign.connection.query('create or replace view hub_touch as select notice.*, touch() as t from notice');
    await insert(1, '一');
    await expect(run({ mapping: { ...mapping, datasets: [{ ...notices, from: 'hub_touch', key: ['id', 't'] }] } })).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      messageEn: expect.stringMatching(/READ.ONLY transaction/i),
    });
    const [rows] = await foreign.connection.query('select * from touched');
    expect(rows).toEqual([]);
  });
});

test('a server that is not there is told without its password', async () => {
  const gone = run({ env: { CITY_DB: 'mysql://hub:secret@127.0.0.1:1/city' } });
  await expect(gone).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE', message: expect.not.stringContaining('secret') });
});
