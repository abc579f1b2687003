/**
 * `npm start`, as a person at a terminal sees it. @see README «Two commands»
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { listenOn } from '@hub/kit/process';
import { type TestDatabase, openTestDatabase } from '@hub/kit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';

import { type HubProcess, living, runHub } from '../support/hub-process.ts';
import { root } from '../support/repository.ts';

const minuteMs = 60_000;
const published = z.object({
  data: z.object({ notices: z.object({ nodes: z.array(z.object({ source: z.object({ kind: z.string() }) })) }) }),
});
const answer = z.object({ data: z.object({ systems: z.array(z.object({ code: z.string() })) }) });

// A start that is refused before its database is opened does not speak of it.
const nobodys = 'postgres://hub:hunter2@127.0.0.1:1/hub';

let home: string;
/** Somebody else's, empty until the first start on it; tests of one start after the other follow each other. */
let database: TestDatabase;

beforeAll(async () => void (database = await openTestDatabase()));
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-start-'));
  await chmod(home, 0o755);
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('npm start', () => {
  test('Ctrl-C ends every process, and so does kill -9; the next start finds everything as it was', { timeout: 2 * minuteMs }, async () => {
    await using first = start();
    expect(await systemCodes(await first.ready)).toEqual(['toy-construction', 'xingcheng', 'yuecheng']);
    const processes = first.family();
    expect(processes.length).toBeGreaterThan(2);
    first.interrupt();
    expect(await first.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(living(processes)).toEqual([]);
    await using second = start();
    await second.ready;
    const others = second.family();
    second.kill();
    await vi.waitFor(() => expect(living(others)).toEqual([]), { timeout: 20_000 });
    await using third = start();
    expect(await systemCodes(await third.ready)).toHaveLength(3);
    third.interrupt();
    for (const { stdout } of [await second.ended, await third.ended]) expect(stdout).not.toContain('首次导入');
  });

  test(
    'ends with the line programs wait for, and answers the whole toy province; --scale 0 leaves the published records alone',
    { timeout: minuteMs },
    async () => {
      await using hub = start({ HUB_DATABASE_URL: database.url }, ['--scale', '0']);
      const url = await hub.ready;
      expect(await systemCodes(url)).toEqual(['toy-construction', 'xingcheng', 'yuecheng']);
      expect(new Set(await sourceKinds(url))).toEqual(new Set(['PUBLISHED']));
      hub.interrupt();
      const { code, stdout, stderr } = await hub.ended;
      expect({ code, stderr, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({ code: 0, stderr: '', last: `hub ready at ${url}` });
      expect(stdout).not.toContain('! ');
    },
  );

  test(
    'another scale later is told to have no effect; --without leaves a system down: the others answer, and the answer says who is ' +
      'away and why; a variable spelt wrong is told',
    { timeout: minuteMs },
    async () => {
      await using hub = start({ HUB_DATABASE_URL: database.url, HUB_PROT: '4000' }, ['--scale', '2', '--without', 'xingcheng']);
      const url = await hub.ready;
      expect(await systemCodes(url)).toEqual(['toy-construction', 'xingcheng', 'yuecheng']);
      expect(await ask(url, '{ notices { coverage { complete missing { system { code } reason } answered { code } } } }')).toEqual({
        data: {
          notices: {
            coverage: {
              complete: false,
              missing: [{ system: { code: 'xingcheng' }, reason: 'UNREACHABLE' }],
              answered: [{ code: 'toy-construction' }, { code: 'yuecheng' }],
            },
          },
        },
      });
      hub.interrupt();
      const outcome = await hub.ended;
      expect(outcome).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/^! 不认识的环境变量，已忽略：HUB_PROT（最接近的是 HUB_PORT）。.*\n$/),
        stdout: expect.stringContaining('! 按 --without 停机：星城市交易中心（xingcheng）'),
      });
      expect(outcome.stdout).toContain('! 倍数 2 未生效：数据库已按倍数 0 导入；请改用另一个空库。');
    },
  );

  test('Ctrl-C while the data is still loading ends every process too, without a fault', { timeout: minuteMs }, async () => {
    await using hub = start({ HUB_SCALE: '1000' });
    await vi.waitFor(() => expect(hub.family().length).toBeGreaterThan(4), { timeout: 20_000 });
    const processes = hub.family();
    hub.interrupt();
    expect(await hub.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(living(processes)).toEqual([]);
  });
});

describe('npm start says in one line what is in the way', () => {
  test('a port in use', async () => {
    const other = createServer();
    const port = await listenOn(other, 0);
    expect(await refusal({ HUB_PORT: String(port) })).toMatch(
      new RegExp(`^✗ 端口 ${port} 已被其他程序占用.*Port ${port} is in use.*\\[PORT_IN_USE\\]$`),
    );
    await new Promise((resolve) => other.close(resolve));
  });

  test('a setting that is not valid', async () => {
    expect(await refusal({ HUB_PORT: 'four thousand' })).toMatch(/^✗ 环境变量 HUB_PORT=four thousand 无效.*\[CONFIG_INVALID\]$/);
  });

  test('a data folder that cannot be used', async () => {
    await writeFile(join(home, 'data'), 'a file');
    expect(await refusal({})).toMatch(/^✗ 数据目录 .*\/data 无法创建或读写.*\[FOLDER_UNREADABLE\]$/);
  });

  test('a data folder where none can be made', async () => {
    expect(await refusal({ HUB_DATA_DIR: '/proc/hub' })).toMatch(/^✗ 数据目录 \/proc\/hub 无法创建或读写.*\[FOLDER_UNREADABLE\]$/);
  });

  test('a file of keys that is not there, before anything is opened', async () => {
    expect(await refusal({ HUB_JWKS_FILE: join(home, 'keys.json'), HUB_DATABASE_URL: nobodys })).toMatch(
      /^✗ 环境变量 HUB_JWKS_FILE=.*keys\.json 无效：读不到这个文件。.*\[CONFIG_INVALID\]$/,
    );
  });

  test('a wrong option, named as it was given', async () => {
    expect(await refusal({ HUB_DATABASE_URL: nobodys }, ['--scale', 'two'])).toMatch(/^✗ 选项 --scale two 无效.*\[CONFIG_INVALID\]$/);
    expect(await refusal({ HUB_DATABASE_URL: nobodys }, ['--without', 'nowhere'])).toMatch(
      /^✗ 选项 --without：没有代码为「nowhere」的交易系统。现有：xingcheng, yuecheng, toy-construction。.*\[CONFIG_INVALID\]$/,
    );
  });

  test('a database that does not answer', async () => {
    const line = await refusal({ HUB_DATABASE_URL: nobodys });
    expect(line).toMatch(/^✗ 连接不上数据库 127\.0\.0\.1:1\/hub（ECONNREFUSED）.*\[DATABASE_UNREACHABLE\]$/);
    expect(line).not.toContain('hunter2');
  });

  test('a province folder that is not there, before anything is opened', async () => {
    expect(await refusal({ HUB_DATABASE_URL: nobodys, HUB_PROVINCE_DIR: join(home, 'nowhere') })).toMatch(
      /^✗ .*nowhere\/[a-z]+\.json.*\[FOLDER_UNREADABLE\]$/,
    );
  });
});

function start(env: Readonly<Record<string, string>> = {}, words: readonly string[] = []): HubProcess {
  return runHub(['start', ...words], {
    HUB_PORT: '0',
    HUB_SCALE: '0.1',
    HUB_DATA_DIR: join(home, 'data'),
    HUB_PROVINCE_DIR: `${root}/tests/fixtures/toy-province`,
    ...env,
  });
}

/** The only line on standard error of a start that is refused. */
async function refusal(env: Readonly<Record<string, string>>, words: readonly string[] = []): Promise<string> {
  await using hub = start(env, words);
  const { code, stderr } = await hub.ended;
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  return stderr.trimEnd();
}

async function systemCodes(url: string): Promise<readonly string[]> {
  return answer
    .parse(await ask(url, '{ systems { code } }'))
    .data.systems.map(({ code }) => code)
    .toSorted();
}

async function sourceKinds(url: string): Promise<readonly string[]> {
  const { data } = published.parse(await ask(url, '{ notices(first: 100) { nodes { source { kind } } } }'));
  return data.notices.nodes.map(({ source }) => source.kind);
}

async function ask(url: string, query: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}
