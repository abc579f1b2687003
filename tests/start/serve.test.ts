/**
 * `hub serve` refuses what it must not do, and ends as it is told. What it does stands in the guide.
 * @see subgraphs/GUIDE.md; tests/start/guide.test.ts
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { initSystem } from '@hub/bridge';
import { createSigningKey, listenOn } from '@hub/kit/process';
import { type TestDatabase, openTestDatabase } from '@hub/kit/testing';
import { law } from '@hub/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type HubProcess, living, runHub } from '../support/hub-process.ts';
import { toyFolder } from '../support/toy-province.ts';

let home: string;
let folder: string;
let trusted: string;
let store: TestDatabase;
let city: TestDatabase;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-serve-'));
  await chmod(home, 0o755);
  [store, city] = [await openTestDatabase(), await openTestDatabase()];
  folder = join(home, 'system');
  await initSystem({
    folder,
    system: 'hecheng',
    contract: 'board',
    variable: 'CITY_DB',
    env: { CITY_DB: city.url },
    registry: 'http://127.0.0.1:4001',
    port: 0,
    facts: { name: '禾城市交易中心', nameEn: 'Hecheng Trading Centre', owner: '禾城市交易中心', region: '990100' },
    codes: law().codes,
  });
  trusted = join(home, 'trusted.json');
  await writeFile(trusted, JSON.stringify({ keys: [createSigningKey().publicJwk] }));
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await city[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

test('without keys to trust it says where to get them, and opens nothing', async () => {
  await using refused = serve({});
  const { code, stdout, stderr } = await refused.ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^✗ hub serve 只答受信任的网关.*HUB_TRUSTED_KEYS_FILE.*\[CONFIG_INVALID\]\n$/);
});

test('where there is no hub.json it says so', async () => {
  await using refused = runHub(['serve', home], {});
  expect((await refused.ended).stderr).toMatch(/^✗ 读不到 .*hub\.json：请在 hub init 建立的目录中运行.*\[FOLDER_UNREADABLE\]\n$/);
});

test('a port in use is told as the port of hub.json', async () => {
  const other = createServer();
  const port = await listenOn(other, 0);
  await using refused = serve({ HUB_TRUSTED_KEYS_FILE: trusted }, ['--port', String(port)]);
  expect((await refused.ended).stderr).toContain(
    `端口 ${port} 不可用（已被占用，或无权使用）：请结束占用它的程序，或改 hub.json 的 port。`,
  );
  await new Promise((resolve) => other.close(resolve));
});

test('views that are not there are told, nobody unsigned is answered, and SIGTERM ends it in order', async () => {
  await using running = serve({ HUB_TRUSTED_KEYS_FILE: trusted });
  await running.told('! BOARD_DEAL：数据库里没有视图 hub_board_deal，或本用户无权读它。');
  const processes = running.family();
  const url = await running.ready;
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{__typename}"}' });
  expect(answer.status).toBe(401);
  await running[Symbol.asyncDispose]();
  expect(await running.ended).toMatchObject({ code: 0, signal: null });
  expect(living(processes)).toEqual([]);
});

function serve(env: Readonly<Record<string, string>>, words: readonly string[] = []): HubProcess {
  return runHub(['serve', folder, ...words], { HUB_DATABASE_URL: store.url, HUB_PROVINCE_DIR: toyFolder, CITY_DB: city.url, ...env });
}
