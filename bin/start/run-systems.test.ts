/**
 * What the registry lists is what gateways route by; the province folder only sows it.
 * @see subgraphs/registry
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createLog, createShutdown, createSigner, readSigningKey, signatureHeader } from '@hub/kit/process';
import { openTestDatabase } from '@hub/kit/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';

import type { SystemsReady } from './messages.ts';
import { runSystems } from './run-systems.ts';

const toyProvince = fileURLToPath(new URL('../../tests/fixtures/toy-province', import.meta.url));
let provinceDir: string;
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hub-data-'));
  provinceDir = await mkdtemp(join(tmpdir(), 'hub-province-'));
  for (const name of ['province.json', 'regions.json', 'systems.json']) await cp(join(toyProvince, name), join(provinceDir, name));
});
afterEach(async () => {
  for (const folder of [provinceDir, dataDir]) await rm(folder, { recursive: true, force: true });
});

test('what the province folder changes or drops afterwards is told and not taken; what it adds is', { timeout: 60_000 }, async () => {
  await using database = await openTestDatabase();
  const all = { 'toy-construction': 'PUBLISHED', xingcheng: 'PUBLISHED', yuecheng: 'PUBLISHED' };
  const rows = rowsIn(await readFile(join(provinceDir, 'systems.json'), 'utf8'));
  const without = (code: string): readonly unknown[] => rows.filter((row) => !JSON.stringify(row).includes(`"${code}"`));
  await change('systems.json', () => JSON.stringify(without('toy-construction')));
  expect(await start(database.url)).toMatchObject({
    states: { xingcheng: 'PUBLISHED', yuecheng: 'PUBLISHED' },
    notes: { changed: [], gone: [], unpublished: [] },
  });
  await change('systems.json', () =>
    JSON.stringify(without('yuecheng')).replace('"code":"xingcheng","name":"', '"code":"xingcheng","name":"新'),
  );
  expect(await start(database.url)).toMatchObject({ states: all, notes: { changed: ['xingcheng'], gone: ['yuecheng'], unpublished: [] } });
});

test('another province on the same database is refused in one line that names both', { timeout: 60_000 }, async () => {
  await using database = await openTestDatabase();
  await start(database.url);
  for (const name of ['province.json', 'regions.json', 'systems.json']) {
    await change(name, (text) => text.replaceAll('990000', '980000').replaceAll('玩具省', '积木省'));
  }
  await expect(start(database.url)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(/^数据库里是另一省的数据（990000 玩具省），.*HUB_PROVINCE_DIR 却是 980000 积木省，.*HUB_DATA_DIR.*$/),
  });
});

test(
  'what systems serve is published with the first start and when the contracts changed, not at every start',
  { timeout: 60_000 },
  async () => {
    await using database = await openTestDatabase();
    const publishedOnce = { version: 1, onboarding: 'PUBLISHED', checks: [{ passed: true }] };
    const all = { 'toy-construction': publishedOnce, xingcheng: publishedOnce, yuecheng: publishedOnce };
    expect((await start(database.url)).published).toEqual(all);
    expect((await start(database.url)).published).toEqual(all);
    await writeFile(join(dataDir, 'published-contracts'), 'those of an earlier release');
    const { published } = await start(database.url);
    expect(published['xingcheng']).toEqual({ ...publishedOnce, checks: [{ passed: true }, { passed: true }] });
  },
);

async function start(databaseUrl: string) {
  await using shutdown = createShutdown({ listen: false });
  const ready: SystemsReady[] = [];
  const log = createLog('systems', 'silent');
  const places = { databaseUrl, databaseFolder: null, dataDir, provinceDir, registryPort: 0, exchangePort: 0 };
  const order = { ...places, allowLoopback: false, allowNetworks: [], trustedKeys: [], scale: 1, without: [] };
  await runSystems(order, { shutdown, log, report: (message) => message.kind === 'ready' && ready.push(message) });
  const [told] = ready;
  if (told === undefined) throw new Error('nothing was told to be ready');
  const { systems, registryNotes: notes, registry } = told;
  const published: Record<string, unknown> = {};
  for (const { code } of systems) published[code] = await publishedOf(registry.origin, code);
  return { states: Object.fromEntries(systems.map(({ code, state }) => [code, state])), notes, published };
}

const facts = z.object({ data: z.object({ system: z.record(z.string(), z.unknown()), checks: z.array(z.unknown()) }) });

/** What the registry has of a system, as an operator sees it. */
async function publishedOf(origin: string, code: string): Promise<unknown> {
  const query = `{ system(code: "${code}") { version onboarding } checks(system: "${code}") { passed } }`;
  const body = JSON.stringify({ query });
  const key = readSigningKey(join(dataDir, 'operator-key.json'));
  const signature = createSigner({ key, issuer: 'operator' }).sign('registry', body);
  const headers = { 'content-type': 'application/json', [signatureHeader]: signature };
  const answer = await fetch(`${origin}/control`, { method: 'POST', headers, body });
  const { system, checks } = facts.parse(await answer.json()).data;
  return { ...system, checks };
}

async function change(name: string, alter: (text: string) => string): Promise<void> {
  const file = join(provinceDir, name);
  await writeFile(file, alter(await readFile(file, 'utf8')));
}

function rowsIn(text: string): readonly unknown[] {
  const rows: unknown = JSON.parse(text);
  return Array.isArray(rows) ? rows : [];
}
