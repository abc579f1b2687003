/**
 * `npm run load`: the good records are stored, the bad ones told with file, line, dataset, field and rule.
 * @see schema/PROTOCOL.md
 */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type TestDatabase, migratedForSystems, openTestDatabase, trustEverybody } from '@hub/kit/testing';
import { startSystems } from '@hub/trading';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { type HubProcess, runHub } from '../support/hub-process.ts';
import { toyFolder, toyProvince } from '../support/toy-province.ts';

let home: string;
/** A database on which a hub was started; each test loads records of its own. */
let hubDatabase: TestDatabase;

beforeAll(async () => {
  hubDatabase = await openTestDatabase(migratedForSystems());
  const onFault = (cause: unknown): void => expect.fail(String(cause));
  await using _ = await startSystems({ databaseUrl: hubDatabase.url, province: await toyProvince(), trust: trustEverybody, onFault });
});
afterAll(() => hubDatabase[Symbol.asyncDispose]());
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'hub-load-'))));
afterEach(() => rm(home, { recursive: true, force: true }));

describe('npm run load', () => {
  test('stores what is right, tells what is not, and then fails', { timeout: 60_000 }, async () => {
    const file = await written([
      line('n1', { TITLE: '星城市图书馆公告', CATEGORY: 'construction', STAGE: 'TENDER' }),
      line('n2', { TITLE: '无类别' }),
      'not JSON',
    ]);
    await using hub = load(['--system', 'xingcheng', file], hubDatabase.url);
    const { code, stdout } = await hub.ended;
    const told = stdout.trimEnd().split('\n');
    expect(code).toBe(1);
    expect(told.slice(0, -1).map((text) => text.split(' ').slice(0, 4).join(' '))).toEqual([
      `✗ ${file}:2 BOARD_NOTICE.CATEGORY REQUIRED_MISSING`,
      `✗ ${file}:2 BOARD_NOTICE.STAGE REQUIRED_MISSING`,
      `✗ ${file}:3 MESSAGE_UNREADABLE 不是合法的`,
    ]);
    expect(told.at(-1)).toContain('3 read: 1 stored, 0 withdrawn, 0 unchanged, 0 superseded, 2 refused; 0 stored with warnings.');
  });

  test('a second time nothing changes, and that is no failure', { timeout: 60_000 }, async () => {
    const file = await written([line('again', { TITLE: '星城市图书馆公告', CATEGORY: 'construction', STAGE: 'TENDER' })]);
    await using first = load(['--system', 'xingcheng', file], hubDatabase.url);
    expect((await first.ended).code).toBe(0);
    await using second = load(['--system', 'xingcheng', file], hubDatabase.url);
    const { code, stdout } = await second.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('1 read: 0 stored, 0 withdrawn, 1 unchanged');
  });

  test('says at once what it is at, and in one line why it cannot', { timeout: 60_000 }, async () => {
    await using database = await openTestDatabase();
    await using unknown = load(['--system', 'nowhere', 'a.jsonl'], database.url);
    expect((await unknown.ended).stderr.split('\n')).toEqual([
      '… 向系统 nowhere 导入 1 个文件  Loading 1 files into nowhere',
      expect.stringMatching(/^✗ 没有代码为 nowhere 的交易系统.*\[SYSTEM_UNKNOWN\]$/),
      '',
    ]);
  });

  test('nothing is stored when one file of several cannot be read; all such files are named', { timeout: 60_000 }, async () => {
    const file = await written([line('later', { TITLE: '星城市图书馆公告', CATEGORY: 'construction', STAGE: 'TENDER' })]);
    await using refused = load(['--system', 'xingcheng', file, join(home, 'absent.xml'), home], hubDatabase.url);
    const { code, stdout, stderr } = await refused.ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.split('\n')[1]).toMatch(/^✗ 无法打开文件 .*absent\.xml，.*是目录或不是普通文件.*\[FOLDER_UNREADABLE\]$/);
    await using later = load(['--system', 'xingcheng', file], hubDatabase.url);
    expect((await later.ended).stdout).toContain('1 read: 1 stored');
  });

  test('finds a file where npm was called, and names it as it was given', { timeout: 60_000 }, async () => {
    await written(['no JSON']);
    await using hub = load(['--system', 'xingcheng', 'records.jsonl'], hubDatabase.url, { INIT_CWD: home });
    expect((await hub.ended).stdout).toMatch(/^✗ records\.jsonl:1 MESSAGE_UNREADABLE /);
  });

  test('a file without a message fails, and says so', { timeout: 60_000 }, async () => {
    await using hub = load(['--system', 'xingcheng', await written([''])], hubDatabase.url);
    const { code, stdout } = await hub.ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ .*records\.jsonl:1 MESSAGE_UNREADABLE 文件里没有报文/);
    expect(stdout).toContain('0 stored with warnings; 1 faults of the files themselves.');
  });

  test('never begins a database: where no hub was started, it says so', { timeout: 60_000 }, async () => {
    await using database = await openTestDatabase();
    const file = await written([line('n1', { TITLE: '星城市图书馆公告', CATEGORY: 'construction', STAGE: 'TENDER' })]);
    await using empty = load(['--system', 'xingcheng', file], database.url);
    const { host, pathname } = new URL(database.url);
    expect((await empty.ended).stderr.split('\n')[1]).toMatch(
      new RegExp(`^✗ ${host}${pathname} 里没有 hub 的数据：请先启动一次 hub.*\\[CONFIG_INVALID\\]$`),
    );
    await using folder = load(['--system', 'xingcheng', file], '');
    expect((await folder.ended).stderr.split('\n')[1]).toMatch(new RegExp(`^✗ ${home} 里没有 hub 的数据：.*\\[CONFIG_INVALID\\]$`));
    expect((await readdir(home)).toSorted()).toEqual(['records.jsonl']);
  });
});

function load(words: readonly string[], databaseUrl: string, env: Readonly<Record<string, string>> = {}): HubProcess {
  return runHub(['load', ...words], { HUB_DATABASE_URL: databaseUrl, HUB_DATA_DIR: home, HUB_PROVINCE_DIR: toyFolder, ...env });
}

async function written(lines: readonly string[]): Promise<string> {
  const file = join(home, 'records.jsonl');
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

function line(key: string, context: Readonly<Record<string, string>>): string {
  return JSON.stringify({ title: { DATA_EN: 'BOARD_NOTICE', DATA_KEY: key, DATA_TYPE: '1' }, context });
}
