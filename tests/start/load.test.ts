/**
 * `npm run load`: the good records are stored, the bad ones told with file, line, dataset, field and rule.
 * @see schema/PROTOCOL.md
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openTestDatabase } from '@hub/kit/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { type HubProcess, runHub } from '../support/hub-process.ts';
import { root } from '../support/repository.ts';

let home: string;

beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'hub-load-'))));
afterEach(() => rm(home, { recursive: true, force: true }));

describe('npm run load', () => {
  test('stores what is right, tells what is not, and then fails', { timeout: 60_000 }, async () => {
    await using database = await openTestDatabase();
    const file = await written([
      line('n1', { TITLE: '星城市图书馆公告', CATEGORY: 'construction', STAGE: 'TENDER' }),
      line('n2', { TITLE: '无类别' }),
      'not JSON',
    ]);
    await using hub = load(['--system', 'xingcheng', file], database.url);
    const { code, stdout } = await hub.ended;
    const told = stdout.trimEnd().split('\n');
    expect(code).toBe(1);
    expect(told.slice(0, -1).map((text) => text.split(' ').slice(0, 4).join(' '))).toEqual([
      `✗ ${file}:3 MESSAGE_UNREADABLE 不是合法的`,
      `✗ ${file}:2 BOARD_NOTICE.CATEGORY REQUIRED_MISSING`,
      `✗ ${file}:2 BOARD_NOTICE.STAGE REQUIRED_MISSING`,
    ]);
    expect(told.at(-1)).toContain('3 read: 1 stored, 0 unchanged, 0 superseded, 2 refused; 0 stored with warnings.');
  });

  test('a second time nothing changes, and that is no failure', { timeout: 60_000 }, async () => {
    await using database = await openTestDatabase();
    const file = await written([line('n1', { TITLE: '星城市图书馆公告', CATEGORY: 'construction', STAGE: 'TENDER' })]);
    await using first = load(['--system', 'xingcheng', file], database.url);
    expect((await first.ended).code).toBe(0);
    await using second = load(['--system', 'xingcheng', file], database.url);
    const { code, stdout } = await second.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('1 read: 0 stored, 1 unchanged');
  });

  test('an unknown system and an unreadable file are one line each', { timeout: 60_000 }, async () => {
    await using database = await openTestDatabase();
    await using unknown = load(['--system', 'nowhere', 'a.jsonl'], database.url);
    expect((await unknown.ended).stderr).toMatch(/^✗ 没有代码为 nowhere 的交易系统.*\[SYSTEM_UNKNOWN\]\n$/);
    await using unreadable = load(['--system', 'xingcheng', join(home, 'absent.xml')], database.url);
    expect((await unreadable.ended).stderr).toMatch(/^✗ .*absent\.xml.*\[FOLDER_UNREADABLE\]\n$/);
  });
});

function load(words: readonly string[], databaseUrl: string): HubProcess {
  return runHub(['load', ...words], {
    HUB_DATABASE_URL: databaseUrl,
    HUB_DATA_DIR: home,
    HUB_PROVINCE_DIR: `${root}/tests/fixtures/toy-province`,
  });
}

async function written(lines: readonly string[]): Promise<string> {
  const file = join(home, 'records.jsonl');
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

function line(key: string, context: Readonly<Record<string, string>>): string {
  return JSON.stringify({ title: { DATA_EN: 'BOARD_NOTICE', DATA_KEY: key, DATA_TYPE: '1' }, context });
}
