/**
 * What the gateway is told to route by is what the registry lists.
 * @see subgraphs/registry
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createLog, createShutdown } from '@hub/kit/process';
import { openTestDatabase } from '@hub/kit/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { SystemsReady } from './messages.ts';
import { runSystems } from './run-systems.ts';

const toyProvince = fileURLToPath(new URL('../../tests/fixtures/toy-province', import.meta.url));
let provinceDir: string;

beforeEach(async () => {
  provinceDir = await mkdtemp(join(tmpdir(), 'hub-province-'));
  for (const name of ['province.json', 'regions.json', 'systems.json']) await cp(join(toyProvince, name), join(provinceDir, name));
});
afterEach(() => rm(provinceDir, { recursive: true, force: true }));

test('a system that the province folder no longer has is withdrawn, and its old process is not asked', { timeout: 60_000 }, async () => {
  await using database = await openTestDatabase();
  const before = await statesOf(database.url);
  expect(before).toEqual({ 'toy-construction': 'PUBLISHED', xingcheng: 'PUBLISHED', yuecheng: 'PUBLISHED' });
  await change('systems.json', (text) => JSON.stringify(rowsIn(text).filter((row) => !JSON.stringify(row).includes('"yuecheng"'))));
  expect(await statesOf(database.url)).toEqual({ ...before, yuecheng: 'WITHDRAWN' });
});

test('another province on the same database is refused in one line that names both', { timeout: 60_000 }, async () => {
  await using database = await openTestDatabase();
  await statesOf(database.url);
  for (const name of ['province.json', 'regions.json', 'systems.json']) {
    await change(name, (text) => text.replaceAll('990000', '980000').replaceAll('玩具省', '积木省'));
  }
  await expect(statesOf(database.url)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(/^数据库里是另一省的数据（990000 玩具省），.*HUB_PROVINCE_DIR 却是 980000 积木省，.*HUB_DATA_DIR.*$/),
  });
});

async function statesOf(databaseUrl: string): Promise<Record<string, string>> {
  await using shutdown = createShutdown({ listen: false });
  const ready: SystemsReady[] = [];
  const log = createLog('systems', 'silent');
  const order = { databaseUrl, databaseFolder: null, provinceDir, trustedKeys: [], scale: 1, without: [] };
  await runSystems(order, { shutdown, log, report: (message) => message.kind === 'ready' && ready.push(message) });
  return Object.fromEntries(ready.flatMap(({ systems }) => systems.map(({ code, state }) => [code, state])));
}

async function change(name: string, alter: (text: string) => string): Promise<void> {
  const file = join(provinceDir, name);
  await writeFile(file, alter(await readFile(file, 'utf8')));
}

function rowsIn(text: string): readonly unknown[] {
  const rows: unknown = JSON.parse(text);
  return Array.isArray(rows) ? rows : [];
}
