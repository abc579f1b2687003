/**
 * A bridge ended by `kill -9` again and again has, at the end, exactly the records of one that nobody disturbed.
 * @see subgraphs/bridge/README.md «位置 · Positions»
 */
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { type TestDatabase, openTestDatabase, trustEverybody } from '@hub/kit/testing';
import { startSystems } from '@hub/trading';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type HubProcess, runHub } from '../support/hub-process.ts';
import { type LyingPortal, openLyingPortal } from '../support/lying-portal.ts';
import { proving, sizeOf } from '../support/sizes.ts';
import { toyFolder, toyProvince } from '../support/toy-province.ts';

const rows = sizeOf({ test: 1200, prove: 2000 });
const portalRows = 400;
/** Half a minute of looking: a guard. */
const mostLooks = 6000;
const fields = {
  TITLE: 'title',
  CATEGORY: { value: 'construction' },
  STAGE: { value: 'TENDER' },
  PUBLISHED_AT: { from: 'published', as: 'time' },
};

let home: string;
let hub: TestDatabase;
let foreign: TestDatabase;
let sql: postgres.Sql;
let portal: LyingPortal;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-killed-'));
  [hub, foreign] = [await openTestDatabase(), await openTestDatabase()];
  const onFault = (cause: unknown): void => expect.fail(String(cause));
  await using _ = await startSystems({ databaseUrl: hub.url, province: await toyProvince(), trust: trustEverybody, onFault });
  sql = postgres(hub.url, { max: 1, onnotice: () => {} });
  portal = await openLyingPortal();
}, 120_000);
afterAll(async () => {
  await portal[Symbol.asyncDispose]();
  await sql.end();
  await hub[Symbol.asyncDispose]();
  await foreign[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

const database = (system: string): object => ({
  version: 1,
  bridge: 'city-db',
  system,
  source: { kind: 'postgres', urlFrom: 'CITY_DB' },
  datasets: [{ dataset: 'BOARD_NOTICE', from: 'hub_notice', key: ['id'], since: { column: 'updated_at' }, fields }],
});
const inbox = (system: string): object => ({
  version: 1,
  bridge: 'inbox',
  system,
  source: { kind: 'folder', path: `inbox-${system}`, settleSeconds: 0 },
});
const search = (system: string): object => ({
  version: 1,
  bridge: 'portal',
  system,
  source: {
    kind: 'portal',
    url: portal.url,
    perMinute: 60_000,
    calls: {
      notices: {
        since: '2026-09-01',
        windowDays: 1,
        list: {
          method: 'POST',
          path: '/search',
          body: { from: '{from}', to: '{to}', pageNo: '{page}', pageSize: '{size}' },
          rows: 'data.pageData',
          total: 'data.total',
        },
        detail: { path: '/detail', query: { id: '{row.noticeId}' } },
      },
    },
  },
  datasets: [
    {
      dataset: 'BOARD_NOTICE',
      from: 'notices',
      key: ['noticeId'],
      fields: { ...fields, PUBLISHED_AT: { from: 'publishTime', as: 'time' } },
    },
  ],
});

test(`a database of ${rows} rows`, { timeout: 180_000 }, async () => {
  const city = postgres(foreign.url, { max: 1, onnotice: () => {} });
  await city.unsafe(`
    create table notice (id int primary key, title text, published timestamptz, updated_at timestamptz);
    create view hub_notice as select * from notice;
    insert into notice select n, '公告' || n, now(), now() - n * interval '1 second' from generate_series(1, ${rows}) n`);
  await city.end();
  expect(await killedRuns(database)).toEqual(await undisturbed());
});

// Folders and portals keep their positions in the same way: `npm run prove` kills their bridges too.
test.runIf(proving)('a folder of 12 files', { timeout: 180_000 }, async () => {
  for (const system of ['xingcheng', 'yuecheng']) {
    const folder = join(home, `inbox-${system}`);
    await mkdir(folder);
    for (let file = 0; file < 12; file += 1) {
      const lines = Array.from({ length: Math.floor(rows / 12) }, (_, line) => message(`f${file}-${line}`, `第 ${file} 个文件`));
      // Every file has a newer word on one record: the order of the files must be kept.
      lines.push(message('shared', `第 ${file} 个文件`));
      const path = join(folder, `${file}.jsonl`);
      await writeFile(path, lines.join(''));
      await utimes(path, 1_790_000_000 + file, 1_790_000_000 + file);
    }
  }
  expect(await killedRuns(inbox)).toEqual(await undisturbed());
});

test.runIf(proving)('a portal of 400 rows', { timeout: 180_000 }, async () => {
  for (let n = 0; n < portalRows; n += 1) {
    const [day, second] = [1 + (n % 28), n % 60].map((part) => String(part).padStart(2, '0'));
    portal.rows.push({ noticeId: `n${n}`, title: `公告${n}`, publishTime: `2026-09-${day ?? ''} 09:00:${second ?? ''}` });
  }
  expect(await killedRuns(search)).toEqual(await undisturbed());
});

function message(key: string, title: string): string {
  const context = { TITLE: title, CATEGORY: 'construction', STAGE: 'TENDER' };
  return `${JSON.stringify({ title: { DATA_EN: 'BOARD_NOTICE', DATA_KEY: key, DATA_TYPE: '1' }, context })}\n`;
}

/** One system's bridge is left in peace, the other's is killed twice in the midst of its work. */
async function killedRuns(mappingOf: (system: string) => object): Promise<readonly unknown[]> {
  await using peaceful = await run(mappingOf('yuecheng'));
  const { code, stdout, stderr } = await peaceful.ended;
  expect({ code, stdout, stderr }).toMatchObject({ code: 0, stdout: expect.stringContaining('0 refused') });
  const total = await stored('yuecheng');
  for (const part of [0.2, 0.6]) {
    await using killed = await run(mappingOf('xingcheng'));
    for (let look = 0; look < mostLooks && (await stored('xingcheng')) < total * part; look += 1) await delay(5);
    killed.kill();
    expect((await killed.ended).signal).toBe('SIGKILL');
    expect(await stored('xingcheng')).toBeLessThan(total);
  }
  await using last = await run(mappingOf('xingcheng'));
  expect((await last.ended).code).toBe(0);
  return await versions('xingcheng');
}

/** What the bridge left in peace has; all is emptied for the next test. */
async function undisturbed(): Promise<readonly unknown[]> {
  const found = await versions('yuecheng');
  await sql`truncate record_version, record_head, outbox, message, notice, bridge_row, bridge_position, bridge_file`;
  return found;
}

async function run(mapping: object): Promise<HubProcess> {
  const file = join(home, 'mapping.json');
  await writeFile(file, JSON.stringify(mapping));
  const env = { HUB_DATABASE_URL: hub.url, HUB_DATA_DIR: home, HUB_PROVINCE_DIR: toyFolder, CITY_DB: foreign.url };
  return runHub(['bridge', 'run', '--once', '--mapping', file], env);
}

async function stored(system: string): Promise<number> {
  const [counted] = await sql<{ n: number }[]>`select count(*)::int as n from record_version where system = ${system}`;
  return counted?.n ?? 0;
}

async function versions(system: string): Promise<readonly unknown[]> {
  return [
    ...(await sql`select dataset, key, version, op, superseded, hash, wire from record_version where system = ${system} order by 1, 2, 3`),
  ];
}
