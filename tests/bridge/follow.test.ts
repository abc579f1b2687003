/**
 * A bridge that follows its source: what is written there arrives without anybody's doing, a source that is away is waited for,
 * and Ctrl-C ends it in order.
 * @see subgraphs/bridge/README.md «A worked example» 5
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { type TestDatabase, openTestDatabase, trustEverybody } from '@hub/kit/testing';
import { startSystems } from '@hub/trading';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { runHub } from '../support/hub-process.ts';
import { toyFolder, toyProvince } from '../support/toy-province.ts';

const mostLooks = 600;

let home: string;
let hub: TestDatabase;
let city: TestDatabase;
let stored: postgres.Sql;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-follow-'));
  [hub, city] = [await openTestDatabase(), await openTestDatabase()];
  const onFault = (cause: unknown): void => expect.fail(String(cause));
  await using _ = await startSystems({ databaseUrl: hub.url, province: await toyProvince(), trust: trustEverybody, onFault });
  stored = postgres(hub.url, { max: 1, onnotice: () => {} });
}, 60_000);
afterAll(async () => {
  await stored.end();
  await hub[Symbol.asyncDispose]();
  await city[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

const env = (): Record<string, string> => ({
  HUB_DATABASE_URL: hub.url,
  HUB_DATA_DIR: home,
  HUB_PROVINCE_DIR: toyFolder,
  CITY_DB: city.url,
});

test('what is written later arrives, whatever happens to the source in between', { timeout: 120_000 }, async () => {
  const sql = postgres(city.url, { max: 1, onnotice: () => {} });
  await sql.unsafe(`
    create table notice (id int primary key, title text, updated_at timestamptz default now());
    insert into notice values (1, '一');
    create view hub_notice as select * from notice;`);
  const fields = { TITLE: 'title', CATEGORY: { value: 'construction' }, STAGE: { value: 'TENDER' } };
  const datasets = [{ dataset: 'BOARD_NOTICE', from: 'hub_notice', key: ['id'], since: { column: 'updated_at' }, fields }];
  const file = join(home, 'mapping.json');
  await writeFile(
    file,
    JSON.stringify({ version: 1, bridge: 'city-db', system: 'xingcheng', source: { kind: 'postgres', urlFrom: 'CITY_DB' }, datasets }),
  );
  await using bridge = runHub(['bridge', 'run', '--mapping', file, '--interval', '1'], env());
  expect(await titles(1)).toEqual(['一']);
  // The view fails for a while, as a database does in maintenance.
  await sql.unsafe(
    `create or replace view hub_notice as select id, title, updated_at + (1 / (id - id)) * interval '1 s' as updated_at from notice`,
  );
  await sql.unsafe(`update notice set title = '一（更正）', updated_at = now(); insert into notice values (2, '二')`);
  await bridge.told('division by zero');
  await sql.unsafe('create or replace view hub_notice as select id, title, updated_at from notice');
  await sql.end();
  expect(await titles(2)).toEqual(['一（更正）', '二']);
  bridge.interrupt();
  const { code, stdout, stderr } = await bridge.ended;
  expect(code).toBe(0);
  expect(stdout).toContain('1 read: 1 stored');
  expect(stderr).toMatch(/✗ 读不了来源数据库 .*division by zero.*\[DATABASE_UNREACHABLE\] {2}2 秒后再试/);
});

test('check of a folder tells what its files would bring, and leaves them', async () => {
  await mkdir(join(home, 'in'));
  const line = (context: object): string =>
    `${JSON.stringify({ title: { DATA_EN: 'BOARD_NOTICE', DATA_KEY: 'k', DATA_TYPE: '1' }, context })}\n`;
  await writeFile(
    join(home, 'in/a.jsonl'),
    `${line({ TITLE: '一', CATEGORY: 'construction', STAGE: 'TENDER' })}${line({ TITLE: '二' })}no JSON\n`,
  );
  const file = join(home, 'inbox.json');
  await writeFile(file, JSON.stringify({ version: 1, bridge: 'inbox', system: 'xingcheng', source: { kind: 'folder', path: 'in' } }));
  await using check = runHub(['bridge', 'check', '--mapping', file, '--format', 'json'], env());
  const { code, stdout } = await check.ended;
  expect(code).toBe(1);
  const entries: unknown = JSON.parse(stdout);
  expect(entries).toMatchObject({
    version: 1,
    entries: [
      {
        entry: 'a.jsonl',
        rows: { read: 3, good: 1, refused: 2 },
        rowFindings: [
          { row: '2', rule: 'REQUIRED_MISSING', field: 'CATEGORY' },
          { row: '2', rule: 'REQUIRED_MISSING', field: 'STAGE' },
          { row: '3', rule: 'MESSAGE_UNREADABLE' },
        ],
      },
    ],
  });
});

async function titles(count: number): Promise<readonly string[]> {
  let found: readonly string[] = [];
  for (let look = 0; look < mostLooks; look += 1) {
    found = (await stored<{ title: string }[]>`select wire->>'TITLE' as title from notice order by key`).map(({ title }) => title);
    if (found.length === count) break;
    await delay(50);
  }
  return found;
}
