/**
 * Whatever is changed in a folder is found, and named. @see schema/PROTOCOL.md «Proof»
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { createSm2Key, readSm2PrivateKey } from '@hub/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Fault, faultLine } from './fault.ts';
import { codesOf, faultsOf, faultsWith, found } from './testing/faults-found.ts';
import { toyLine, writeToyFolder } from './testing/index.ts';
import { verifyFolder } from './verify-folder.ts';

let home: string;
let folder: string;
let plain: string;
const privateKey = createSm2Key();
const fingerprint = readSm2PrivateKey(privateKey)?.publicKey.fingerprint ?? '';

/** Positions 9,901 to 10,200 in pages of 50: two segments; and a day that begins and ends within pages. */
const pages = Array.from({ length: 6 }, (_, page) =>
  Array.from({ length: 50 }, (_line, at) => toyLine({ position: 9_901 + page * 50 + at })),
);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-proof-'));
  [folder, plain] = [join(home, 'packed'), join(home, 'plain')];
  const ranges = [{ from: 9_933, to: 10_077 }];
  await writeToyFolder(folder, { privateKey, pages, packed: true, ranges });
  await writeToyFolder(plain, { privateKey, pages, packed: false, ranges });
});
afterAll(() => rm(home, { recursive: true }));

describe('A folder as it was written', () => {
  test('holds, and says what it is', async () => {
    const faults: Fault[] = [];
    const progress: number[] = [];
    const verified = await verifyFolder(folder, {
      onFault: (fault) => faults.push(fault),
      onProgress: ({ records }) => progress.push(records),
    });
    expect(faults).toEqual([]);
    const { whole, ...counted } = verified;
    expect([whole?.stream, whole?.epoch, whole?.from, whole?.to, whole?.count]).toEqual(['toy-east', 'toy-epoch-1', 9_901, 10_200, 300]);
    expect(counted).toEqual({ pages: 6, records: 300, signers: [fingerprint] });
    expect(progress).toEqual([50, 100, 150, 200, 250, 300]);
    expect(await faultsOf(plain)).toEqual([]);
    expect(await faultsOf(plain, privateKey)).toEqual([]);
  });

  test('another key than the one asked for is told', async () =>
    expect(codesOf(await faultsOf(folder, createSm2Key()))).toEqual(['SIGNER_OTHER']));

  test('what is no folder of pages cannot be verified', async () =>
    expect(faultsOf(home)).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' }));
});

describe('Any byte', () => {
  test('of any file, changed, is found, with the file or a statement about it', async () => {
    const files = (await Promise.all([folder, plain].map(filesIn))).flat();
    const places = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), places, fc.integer({ min: 1, max: 255 }), async ([where, file], place, by) => {
        const content = await readFile(join(where, file));
        const at = Math.floor(place * content.length);
        const faults = await faultsWith(where, file, content.with(at, (content[at] ?? 0) ^ by));
        expect(faults).not.toEqual([]);
        // A wrong key is told by the statements it was to prove, a wrong line of the manifest by its pages as well.
        const told = faults.some((fault) => fault.file === file || (!file.startsWith('pages/') && fault.file !== ''));
        expect(told).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('in a packed page names the stored bytes, and in a plain one the record and its bytes', async () => {
    const content = await readFile(join(plain, 'pages/page-000002.ndjson'));
    const at = content.indexOf('R9960');
    const faults = await faultsWith(
      plain,
      'pages/page-000002.ndjson',
      Buffer.concat([content.subarray(0, at), Buffer.from('R9961'), content.subarray(at + 5)]),
    );
    const from = content.lastIndexOf('\n', at) + 1;
    const where = {
      file: 'pages/page-000002.ndjson',
      positions: { from: 9_960, to: 9_960 },
      bytes: { from, to: content.indexOf('\n', at) - 1 },
    };
    expect(faults).toContainEqual({ code: 'ENTRY_CHANGED', ...where });
    expect(codesOf(faults)).toEqual(['BYTES_CHANGED', 'ENTRY_CHANGED', 'PAGE_ROOT', 'RANGE_ROOT']);
    const packed = await readFile(join(folder, 'pages/page-000002.ndjson.gz'));
    const torn = await faultsWith(
      folder,
      'pages/page-000002.ndjson.gz',
      Buffer.concat([packed.subarray(0, 300), Buffer.alloc(40, 7), packed.subarray(340)]),
    );
    expect(torn).toContainEqual({ code: 'BYTES_CHANGED', file: 'pages/page-000002.ndjson.gz', bytes: { from: 0, to: packed.length - 1 } });
    expect(faultLine({ code: 'ENTRY_CHANGED', ...where })).toBe(
      `✗ 记录已被改动  the record was changed [ENTRY_CHANGED] pages/page-000002.ndjson · 位置 position 9960 · 字节 bytes ${from}–${where.bytes.to}`,
    );
  });
});

async function filesIn(where: string): Promise<readonly (readonly [string, string])[]> {
  const entries = await readdir(where, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => [where, relative(where, join(entry.parentPath, entry.name))] as const);
}

/** A page written anew with other lines, as somebody would who can pack and knows the form, but has no key. */
async function faultsWithLines(change: (lines: readonly Buffer[]) => readonly Buffer[]): Promise<readonly Fault[]> {
  const file = 'pages/page-000004.ndjson.gz';
  const lines = gunzipSync(await readFile(join(folder, file)))
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line) => Buffer.from(line));
  const text = change(lines)
    .map((line) => `${line.toString()}\n`)
    .join('');
  return faultsWith(folder, file, gzipSync(text, { level: 1 }));
}

describe('A record', () => {
  const file = 'pages/page-000004.ndjson.gz';

  test('altered, with its hash made to fit', async () => {
    const faults = await faultsWithLines((lines) => lines.with(7, toyLine({ position: 10_058, word: '另一个' })));
    expect(found(faults, 'ENTRY_CHANGED')).toEqual([[file, 10_058, 10_058]]);
    expect(found(faults, 'PAGE_ROOT')).toEqual([[file, 10_051, 10_100]]);
    expect(found(faults, 'RANGE_ROOT')).toEqual([
      ['manifest.ndjson', 9_901, 10_200],
      ['manifest.ndjson', 9_933, 10_077],
    ]);
  });

  test('altered, with its hash as it was', async () => {
    const faults = await faultsWithLines((lines) => lines.with(7, Buffer.from(lines[7]?.toString().replace('示例记录', '示例纪录') ?? '')));
    expect(found(faults, 'CONTENT_CHANGED')).toEqual([[file, 10_058, 10_058]]);
  });

  test('dropped', async () => {
    const faults = await faultsWithLines((lines) => lines.toSpliced(7, 3));
    expect(found(faults, 'POSITION_MISSING')).toEqual([[file, 10_058, 10_060]]);
    expect(found(faults, 'POSITION_ORDER')).toEqual([]);
  });

  test('added, at a position of the page and at none of its own', async () => {
    const twice = await faultsWithLines((lines) => lines.toSpliced(7, 0, toyLine({ position: 10_058, record: 77 })));
    expect(found(twice, 'POSITION_REPEATED')).toEqual([[file, 10_058, 10_058]]);
    const outside = await faultsWithLines((lines) => [...lines, toyLine({ position: 10_101, record: 77 })]);
    expect(found(outside, 'POSITION_OUTSIDE')).toEqual([[file, 10_101, 10_101]]);
  });

  test('swapped, as lines and with their positions', async () => {
    const lines = await faultsWithLines((all) => all.with(7, all[30] ?? Buffer.alloc(0)).with(30, all[7] ?? Buffer.alloc(0)));
    expect(found(lines, 'POSITION_ORDER')).toEqual([
      [file, 10_081, 10_081],
      [file, 10_058, 10_058],
    ]);
    const positions = await faultsWithLines((all) =>
      all.with(7, toyLine({ position: 10_058, record: 10_081 })).with(30, toyLine({ position: 10_081, record: 10_058 })),
    );
    expect(found(positions, 'ENTRY_CHANGED')).toEqual([
      [file, 10_058, 10_058],
      [file, 10_081, 10_081],
    ]);
  });

  test('written otherwise, with a blank or a member twice', async () => {
    const blank = await faultsWithLines((lines) => lines.with(7, Buffer.from(lines[7]?.toString().replace('{', '{ ') ?? '')));
    expect(codesOf(blank)).toContain('LINE_UNREADABLE');
    const twice = await faultsWithLines((lines) => lines.with(7, Buffer.from(lines[7]?.toString().replace('{', '{"position":1,') ?? '')));
    expect(codesOf(twice)).toContain('LINE_UNREADABLE');
  });

  test('whose page ends without a line feed', async () => {
    const file6 = 'pages/page-000006.ndjson';
    const faults = await faultsWith(plain, file6, (await readFile(join(plain, file6))).subarray(0, -1));
    expect(codesOf(faults)).toEqual(expect.arrayContaining(['BYTES_CHANGED', 'LINE_UNREADABLE', 'PAGE_ROOT', 'POSITION_MISSING']));
  });
});
