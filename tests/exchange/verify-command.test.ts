/**
 * `npm run verify -- FOLDER`, as a process: what it says, and how it ends.
 */
import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createSm2Key, readSm2PrivateKey } from '@hub/schema';
import { toyLine, writeToyFolder } from '@hub/verifier/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { root } from '../support/repository.ts';

let home: string;
let folder: string;
const privateKey = createSm2Key();
const publicKey = readSm2PrivateKey(privateKey)?.publicKey;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-proof-'));
  folder = join(home, 'good');
  const pages = [1, 2].map((page) => [1, 2, 3].map((at) => toyLine({ position: (page - 1) * 3 + at })));
  await writeToyFolder(folder, { privateKey, pages, packed: false });
  await writeFile(join(home, 'signer.pem'), publicKey?.pem ?? '');
});
afterAll(() => rm(home, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function verify(...words: readonly string[]): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  execFile(process.execPath, [join(root, 'bin/verify.ts'), ...words], { env: { ...process.env, INIT_CWD: home } }, (fault, out, err) =>
    resolve({ code: fault === null ? 0 : Number(fault.code), out, err }),
  );
  return promise;
}

const summary = '  数据流 stream toy-east · 世代 epoch toy-epoch-1 · 位置 positions 1–6 · 截至 as of 2026-11-22T16:00:00.000000Z\n';

describe('npm run verify', () => {
  test('0: a folder that holds, found from where it was called, with a key of one’s own', async () => {
    const ended = await verify('good', '--key', 'signer.pem');
    const key = `  签名者公钥指纹 signer’s key, SM3: ${publicKey?.fingerprint ?? ''}\n`;
    expect(ended).toEqual({ code: 0, err: '', out: `✓ 全部成立：2 页、6 条  2 pages, 6 records\n${summary}${key}` });
    expect((await verify('good')).out).toContain('--key');
  });

  test('1: a folder that does not, told line by line, or as JSON', async () => {
    const bad = join(home, 'bad');
    await writeToyFolder(bad, { privateKey, pages: [[toyLine({ position: 1 })]], packed: false });
    await appendFile(join(bad, 'pages/page-000001.ndjson'), `${toyLine({ position: 2 }).toString()}\n`);
    const { code, out, err } = await verify('bad', '--most', '1');
    expect([code, err, out.split('\n')[0], out.includes('… 另有 2 处未列出')]).toEqual([
      1,
      '',
      expect.stringMatching(
        /^✗ 存储的字节与清单不符 {2}stored bytes are not those of the manifest \[BYTES_CHANGED\] pages\/page-000001\.ndjson/,
      ),
      true,
    ]);
    const told: unknown = JSON.parse((await verify('bad', '--format', 'json')).out);
    expect(told).toMatchObject({ version: 1, kind: 'verification', verdict: 'BROKEN', pinned: false, faultCount: 3, pages: 1, records: 1 });
  });

  test.each([
    ['no folder', ['nowhere'], 'FOLDER_UNREADABLE'],
    ['no proof folder', ['.'], 'FOLDER_UNREADABLE'],
    ['no words', [], 'CONFIG_INVALID'],
    ['a key that is none', ['good', '--key', 'good/manifest.ndjson'], 'CONFIG_INVALID'],
    ['a form there is not', ['good', '--format', 'xml'], 'CONFIG_INVALID'],
  ])('2: %s', async (_what, words, code) => {
    const ended = await verify(...words);
    expect([ended.code, ended.out, ended.err.includes(`[${code}]`)]).toEqual([2, '', true]);
  });
});
