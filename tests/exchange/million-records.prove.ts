/**
 * A folder of a million records is verified in one reading, in memory that does not grow with it; every single byte of a small
 * one counts; and what the hashes and signatures cost beside the usual ones.
 * @see schema/PROTOCOL.md «Proof»
 */
import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { createSm2Key, readSm2PrivateKey, sm2Sign, sm2Verify } from '@hub/schema';
import { verifyFolder } from '@hub/verifier';
import { toyLine, writeToyFolder } from '@hub/verifier/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';

let home: string;
beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), 'hub-proof-'))));
afterAll(() => rm(home, { recursive: true }));

const privateKey = createSm2Key();
const segment = 10_000;
/** About as long as an ordinary record. */
const word = '示例道路工程施工与监理，含路基、路面、桥涵与交通安全设施。'.repeat(9);

interface Ended {
  readonly code: unknown;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
  readonly peakMiB: number;
}

/** Runs the verifier; the kernel keeps the peak of a process's memory, which is read while it runs. */
async function verify(folder: string): Promise<Ended> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [join(root, 'bin/verify.ts'), folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err, peakMiB] = ['', '', 0];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => void (out += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => void (err += piece));
  const watch = setInterval(() => {
    readFile(`/proc/${child.pid ?? 0}/status`, 'utf8').then(
      (status) => void (peakMiB = Math.max(peakMiB, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024))),
      () => {},
    );
  }, 200);
  const [code]: readonly unknown[] = await once(child, 'close');
  clearInterval(watch);
  return { code, out, err, seconds: (performance.now() - startedMs) / 1000, peakMiB };
}

function* pagesOf(segments: number): Generator<readonly Buffer[]> {
  for (let at = 0; at < segments; at++)
    yield Array.from({ length: segment }, (_line, line) => toyLine({ position: at * segment + line + 1, word }));
}

test('a million records in the memory of a hundred thousand', async () => {
  const loadAtStart = loadavg()[0];
  const [small, large] = [join(home, 'small'), join(home, 'large')];
  await writeToyFolder(small, { privateKey, pages: pagesOf(10), packed: true });
  await writeToyFolder(large, { privateKey, pages: pagesOf(100), packed: true });
  const [few, many] = [await verify(small), await verify(large)];
  expect([few.code, many.code, many.out.split('\n')[0]]).toEqual([0, 0, '✓ 全部成立：100 页、1000000 条  100 pages, 1000000 records']);
  expect(many.err).toContain('records verified');
  expect(many.peakMiB).toBeLessThan(few.peakMiB * 1.5);
  const path = join(large, 'pages/page-000037.ndjson.gz');
  const content = await readFile(path);
  await writeFile(path, content.with(70_000, (content[70_000] ?? 0) ^ 1));
  const broken = await verify(large);
  expect([broken.code, broken.out]).toEqual([
    1,
    expect.stringContaining('[BYTES_CHANGED] pages/page-000037.ndjson.gz · 字节 bytes 65536–131071'),
  ]);
  const figures = ({ seconds, peakMiB }: Ended, records: number): object => ({
    records,
    seconds,
    recordsPerSecond: Math.round(records / seconds),
    peakMiB,
  });
  await recordFigures('verify-a-million', {
    loadAtStart,
    lineBytes: toyLine({ position: 1, word }).length,
    few: figures(few, 100_000),
    many: figures(many, 1_000_000),
  });
});

test('every byte of every file of a small folder counts', async () => {
  const folder = join(home, 'bytes');
  const pages = [[1, 2], [3]].map((positions) => positions.map((position) => toyLine({ position })));
  await writeToyFolder(folder, { privateKey, pages, packed: true, ranges: [{ from: 2, to: 3 }] });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const unseen: string[] = [];
  let bytes = 0;
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    for (const [at, byte] of content.entries()) {
      for (const changed of [byte ^ 1, byte ^ 0x20, 0x20, 0x0a]) {
        if (changed === byte) continue;
        await writeFile(path, content.with(at, changed));
        let faults = 0;
        await verifyFolder(folder, { onFault: () => void faults++ });
        bytes++;
        if (faults === 0) unseen.push(`${entry.name} ${at}: ${byte} → ${changed}`);
      }
    }
    await writeFile(path, content);
  }
  expect(unseen).toEqual([]);
  expect(bytes).toBeGreaterThan(5_000);
});

test('what hashes and signatures cost', async () => {
  const microseconds = (times: number, run: () => unknown): number => {
    for (let at = 0; at < times / 10; at++) run();
    const startedMs = performance.now();
    for (let at = 0; at < times; at++) run();
    return ((performance.now() - startedMs) / times) * 1000;
  };
  const sizes = [64, 1_024, 65_536].map((size) => {
    const bytes = Buffer.alloc(size, 7);
    const times = Math.ceil(2e7 / (size + 400));
    const [sm3Us, sha256Us] = [microseconds(times, () => hash('sm3', bytes)), microseconds(times, () => hash('sha256', bytes))];
    return { bytes: size, sm3Us, sha256Us, ratio: sm3Us / sha256Us };
  });
  const key = readSm2PrivateKey(privateKey);
  if (key === undefined) throw new Error('no key');
  const message = Buffer.alloc(300, 7);
  const signature = sm2Sign(message, key);
  const signUs = microseconds(1_000, () => sm2Sign(message, key));
  const verifyUs = microseconds(1_000, () => sm2Verify(message, signature, key.publicKey));
  await recordFigures('sm2-and-sm3', { loadAtStart: loadavg()[0], sm3: sizes, sm2: { signUs, verifyUs } });
  expect(sizes.every(({ ratio }) => ratio > 0)).toBe(true);
});
