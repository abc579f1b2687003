/**
 * `npm start`, as a person at a terminal sees it. @see README «Two commands»
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { listenOn } from '@hub/kit/process';
import { openTestDatabase } from '@hub/kit/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';

import { type HubProcess, living, runHub } from '../support/hub-process.ts';
import { root } from '../support/repository.ts';

const minuteMs = 60_000;
const answer = z.object({ data: z.object({ systems: z.array(z.object({ code: z.string() })) }) });

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-start-'));
  await chmod(home, 0o755);
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('npm start', () => {
  test('ends with the line programs wait for, and answers the whole toy province', { timeout: minuteMs }, async () => {
    await using database = await openTestDatabase();
    await using hub = start({ HUB_DATABASE_URL: database.url });
    const url = await hub.ready;
    expect(await systemCodes(url)).toEqual(['toy-construction', 'xingcheng', 'yuecheng']);
    hub.interrupt();
    const { code, stdout, stderr } = await hub.ended;
    expect({ code, stderr, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({ code: 0, stderr: '', last: `hub ready at ${url}` });
  });

  test('Ctrl-C ends every process; the next start finds everything as it was', { timeout: 2 * minuteMs }, async () => {
    await using first = start();
    await first.ready;
    const processes = first.family();
    expect(processes.length).toBeGreaterThan(2);
    first.interrupt();
    expect(await first.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(living(processes)).toEqual([]);
    await using second = start();
    await second.ready;
    second.interrupt();
    expect((await second.ended).stdout).not.toContain('首次导入');
  });

  test('after kill -9 everything ends by itself, and the next start works', { timeout: 2 * minuteMs }, async () => {
    await using first = start();
    await first.ready;
    const processes = first.family();
    first.kill();
    await vi.waitFor(() => expect(living(processes)).toEqual([]), { timeout: 20_000 });
    await using second = start();
    expect(await systemCodes(await second.ready)).toHaveLength(3);
  });

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

  test('a database that does not answer', async () => {
    const line = await refusal({ HUB_DATABASE_URL: 'postgres://hub:hunter2@127.0.0.1:1/hub' });
    expect(line).toMatch(/^✗ 连接不上数据库 127\.0\.0\.1:1\/hub（ECONNREFUSED）.*\[DATABASE_UNREACHABLE\]$/);
    expect(line).not.toContain('hunter2');
  });

  test('a province folder that is not there', { timeout: minuteMs }, async () => {
    await using database = await openTestDatabase();
    expect(await refusal({ HUB_DATABASE_URL: database.url, HUB_PROVINCE_DIR: join(home, 'nowhere') })).toMatch(
      /^✗ .*nowhere\/[a-z]+\.json.*\[FOLDER_UNREADABLE\]$/,
    );
  });
});

function start(env: Readonly<Record<string, string>> = {}): HubProcess {
  return runHub(['start'], {
    HUB_PORT: '0',
    HUB_SCALE: '0.1',
    HUB_DATA_DIR: join(home, 'data'),
    HUB_PROVINCE_DIR: `${root}/tests/fixtures/toy-province`,
    ...env,
  });
}

/** The only line on standard error of a start that is refused. */
async function refusal(env: Readonly<Record<string, string>>): Promise<string> {
  await using hub = start(env);
  const { code, stderr } = await hub.ended;
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  return stderr.trimEnd();
}

async function systemCodes(url: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ systems { code } }' }),
  });
  return answer
    .parse(await response.json())
    .data.systems.map(({ code }) => code)
    .toSorted();
}
