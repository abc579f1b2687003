/**
 * `npm run pull` as a process: what it writes is verified offline, what it says is for people. Killed: kill/puller-killed.test.ts.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openTestDatabase } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type HubFeed, madeChanges, openHubFeed } from '../support/hub-feed.ts';
import { root } from '../support/repository.ts';

const opened = new AsyncDisposableStack();
let hub: HubFeed;
let home: string;
const size = 40;

beforeAll(async () => {
  hub = opened.use(await openHubFeed());
  home = await mkdtemp(join(tmpdir(), 'hub-pull-'));
  opened.defer(() => rm(home, { recursive: true }));
  await hub.add(madeChanges(size));
  await hub.yesterday(25);
  await hub.close();
  await writeFile(join(home, 'nation.json'), JSON.stringify(hub.nationKey));
  await writeFile(join(home, 'signer.pem'), hub.signer.pem);
});
afterAll(() => opened.disposeAsync());

interface Ended {
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

function run(program: string, ...words: readonly string[]): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  execFile(process.execPath, [join(root, program), ...words], { env: { ...process.env, INIT_CWD: home } }, (fault, out, err) =>
    resolve({ code: fault === null ? 0 : (fault.signal ?? Number(fault.code)), out, err }),
  );
  return promise;
}

/** On a slow machine it takes more than a second, and says so. */
const onlyProgress: unknown = expect.stringMatching(/^(?:… 已取到位置 .*\n)*$/);
const pullWords = (): readonly string[] => ['--from', hub.origin, '--key', 'nation.json', '--signer', 'signer.pem'];

describe('npm run pull', () => {
  test('a folder that npm run verify accepts, and that grows', async () => {
    const { code, out, err } = await run('bin/pull.ts', ...pullWords(), '--folder', 'proof');
    expect([code, err, out.split('\n')[0]]).toEqual([
      0,
      onlyProgress,
      expect.stringContaining(`✓ 存证文件夹：位置 1–${size}，1 页，新写 1 页`),
    ]);
    await hub.add(madeChanges(2, size + 1));
    await run('bin/pull.ts', ...pullWords(), '--folder', 'proof');
    expect(await readdir(join(home, 'proof/pages'))).toEqual(['000000000001-000000000042.ndjson.gz']);
    const verified = await run('bin/verify.ts', 'proof', '--key', 'signer.pem');
    expect([verified.code, verified.out.split('\n')[0]]).toEqual([0, `✓ 全部成立：1 页、${size + 2} 条  1 pages, ${size + 2} records`]);
  });

  test('into a database, and the comparison that names one altered entry', async () => {
    await using database = await openTestDatabase();
    const pulled = await run('bin/pull.ts', ...pullWords(), '--database', database.url);
    expect([pulled.code, pulled.err, pulled.out.split('\n')[0]]).toEqual([
      0,
      onlyProgress,
      expect.stringContaining(`✓ 取得 ${size + 2} 条`),
    ]);
    const sql = postgres(database.url, { max: 1 });
    await sql`update pulled_entry set place = set_byte(place, 40, get_byte(place, 40) # 1) where position = 7`;
    await sql.end();
    const compared = await run('bin/pull.ts', ...pullWords(), '--database', database.url, '--reconcile');
    expect([compared.code, compared.out.split('\n')[0]]).toEqual([
      1,
      '✗ 内容不同 altered · 枢纽／这里的位置 position there / here 7 / 7 · toy-east TENDER_PROJECT R7 v1',
    ]);
  });

  test('a folder of a hub whose key was changed names both, and holds for who believes both', async () => {
    const fresh = await hub.rotate();
    await hub.add(madeChanges(1, size + 3));
    await writeFile(join(home, 'both.pem'), `自 2026-11-22 起\n${hub.signer.pem}现用\n${fresh.pem}`);
    const refused = await run('bin/pull.ts', ...pullWords(), '--folder', 'proof');
    expect([refused.code, refused.err.includes(fresh.fingerprint)]).toEqual([2, true]);
    const { code, err } = await run('bin/pull.ts', ...pullWords(), '--signer', 'both.pem', '--folder', 'proof');
    expect([code, err]).toEqual([0, onlyProgress]);
    expect(await readdir(join(home, 'proof/keys'))).toEqual([fresh, hub.signer].map(({ fingerprint }) => `${fingerprint}.pem`).toSorted());
    expect((await run('bin/verify.ts', 'proof', '--key', 'both.pem')).code).toBe(0);
    const one = await run('bin/verify.ts', 'proof', '--key', 'signer.pem');
    expect([one.code, one.out.includes('[SIGNER_OTHER]')]).toEqual([1, true]);
  });

  test.each([
    ['nowhere to keep it', ['--from', 'http://127.0.0.1:9', '--key', 'nation.json'], 'CONFIG_INVALID'],
    ['no key', ['--from', 'http://127.0.0.1:9', '--key', 'signer.pem', '--folder', 'x'], 'CONFIG_INVALID'],
    ['nobody there', ['--from', 'http://127.0.0.1:9', '--key', 'nation.json', '--folder', 'x'], 'SYSTEMS_UNAVAILABLE'],
  ])('2: %s', async (_what, words, code) => {
    const ended = await run('bin/pull.ts', ...words);
    expect([ended.code, ended.out, ended.err.includes(`[${code}]`)]).toEqual([2, '', true]);
  });
});
