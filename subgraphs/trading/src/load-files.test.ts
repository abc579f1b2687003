/**
 * What loading files brings, in counts, and what it tells, in the order of the files.
 * @see schema/PROTOCOL.md 6 and 7
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openProvinceFolder } from '@hub/kit';
import { type TestDatabase, openTestDatabase, trustEverybody } from '@hub/kit/testing';
import type { Province } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type LoadCount, loadFiles } from './load-files.ts';
import { type RunningSystem, type TradingSystems, startSystems } from './start-systems.ts';

const toyProvince = new URL('../../../tests/fixtures/toy-province', import.meta.url).pathname;
const nothing = { read: 0, stored: 0, withdrawn: 0, unchanged: 0, superseded: 0, refused: 0, warned: 0, spoilt: 0 };

let home: string;
let province: Province;
let database: TestDatabase;
let trading: TradingSystems;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'load-files-'));
  ({ province } = await openProvinceFolder(toyProvince));
  database = await openTestDatabase();
  trading = await startSystems({
    databaseUrl: database.url,
    province: boardOnly(province),
    trust: trustEverybody,
    onFault: (cause) => expect.fail(String(cause)),
  });
});
afterAll(async () => {
  await trading[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

describe('counts', () => {
  test('a withdrawal is not something stored, and one of what never was is refused', async () => {
    const [kept, gone] = [notice('kept'), notice('gone')];
    const { count, told } = await load({ 'a.jsonl': [kept, gone, withdrawal('gone'), withdrawal('never')] });
    expect(count).toEqual({ ...nothing, read: 4, stored: 2, withdrawn: 1, refused: 1 });
    expect(told).toEqual(['a.jsonl:4 WITHDRAWAL_UNKNOWN']);
  });

  test('a last message that is cut off is one, and the file is told to be cut off', async () => {
    const whole = '<DES><TITLE><DATA_EN>BOARD_NOTICE</DATA_EN><DATA_KEY>x1</DATA_KEY><DATA_TYPE>3</DATA_TYPE></TITLE></DES>';
    const { count, told } = await load({ 'b.xml': ['<MESSAGES>', whole, whole.slice(0, 40)] });
    expect(count).toEqual({ ...nothing, read: 2, refused: 2, spoilt: 1 });
    expect(told).toEqual(['b.xml:2 WITHDRAWAL_UNKNOWN', 'b.xml:3 MESSAGE_UNREADABLE', 'b.xml:3 MESSAGE_UNREADABLE']);
  });

  test('a file without messages counts none, and is told', async () => {
    const { count, told } = await load({ 'c.jsonl': [''], 'd.json': ['{', '}'] });
    expect(count).toEqual({ ...nothing, spoilt: 2 });
    expect(told).toEqual(['c.jsonl:1 MESSAGE_UNREADABLE', 'd.json:1 MESSAGE_UNREADABLE']);
  });
});

test('violations are told in the order of files and lines, over batches too', async () => {
  const bad = notice('bad', { STAGE: 'NONE' });
  const lines = Array.from({ length: 600 }, (_, place) => (place % 100 === 0 ? 'no JSON' : place % 100 === 50 ? bad : withdrawal('never')));
  const { told } = await load({ 'e.jsonl': lines, 'f.jsonl': ['no JSON', bad] });
  const places = told.map((line) => line.split(' ')[0] ?? '').map((place) => place.split(':'));
  const inOrder = places.toSorted(([a = '', m], [b = '', n]) => a.localeCompare(b) || Number(m) - Number(n));
  expect(places).toEqual(inOrder);
  expect(places).toHaveLength(602);
});

test('a transaction holds 250 records at most, so that it ends within 200 ms (feed.md 3)', async () => {
  const { sofar } = await load({ 'h.jsonl': Array.from({ length: 260 }, (_, place) => notice(`many-${place}`)) });
  expect(sofar).toEqual([250, 260]);
});

test('a dataset of a contract that this system does not serve is unknown to it, though the store has its table', async () => {
  const tender = JSON.stringify({ title: { DATA_EN: 'TENDER_PROJECT', DATA_KEY: 't', DATA_TYPE: '1' }, context: {} });
  const [other] = trading.systems.filter(({ system }) => system.contracts.includes('construction'));
  expect((await load({ 'g.jsonl': [tender] })).told).toEqual(['g.jsonl:1 DATASET_UNKNOWN']);
  expect((await load({ 'g.jsonl': [tender] }, other)).told).toContain('g.jsonl:1 REQUIRED_MISSING');
});

/** The first system serves the board alone, the others more. */
function boardOnly(whole: Province): Province {
  return { ...whole, systems: whole.systems.map((row, place) => (place === 0 ? { ...row, contracts: ['board'] } : row)) };
}

async function load(
  files: Readonly<Record<string, readonly string[]>>,
  target: RunningSystem | undefined = trading.systems[0],
): Promise<{ readonly count: LoadCount; readonly told: readonly string[]; readonly sofar: readonly number[] }> {
  if (target === undefined) throw new Error('the toy province has systems');
  for (const [name, lines] of Object.entries(files)) await writeFile(join(home, name), lines.join('\n'));
  const told: string[] = [];
  const sofar: number[] = [];
  const count = await loadFiles(target, {
    files: Object.keys(files).map((name) => join(home, name)),
    receivedAt: () => '2026-11-22T04:00:00.000000Z',
    onViolation: ({ file, line, rule }) => void told.push(`${file.slice(home.length + 1)}:${line} ${rule}`),
    onProgress: (_, { stored }) => void sofar.push(stored),
  });
  return { count, told, sofar };
}

function notice(key: string, fields: Readonly<Record<string, string>> = {}): string {
  const context = { TITLE: '某公告', CATEGORY: 'construction', STAGE: 'TENDER', ...fields };
  return JSON.stringify({ title: { DATA_EN: 'BOARD_NOTICE', DATA_KEY: key, DATA_TYPE: '1' }, context });
}

function withdrawal(key: string): string {
  return JSON.stringify({ title: { DATA_EN: 'BOARD_NOTICE', DATA_KEY: key, DATA_TYPE: '3' } });
}
