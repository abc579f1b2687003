/**
 * Whatever is changed in a folder is found, and named. @see schema/PROTOCOL.md «Proof»
 */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { createSm2Key, readSm2PrivateKey } from '@hub/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Fault, faultLine } from './fault.ts';
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

async function faultsOf(where: string, expected?: string): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  const key = expected === undefined ? undefined : readSm2PrivateKey(expected)?.publicKey;
  await verifyFolder(where, { expected: key, onFault: (fault) => faults.push(fault) });
  return faults;
}

const codesOf = (faults: readonly Fault[]): readonly string[] => [...new Set(faults.map(({ code }) => code))].toSorted();
const found = (faults: readonly Fault[], code: string): readonly unknown[] =>
  faults.filter((fault) => fault.code === code).map(({ file, positions }) => [file, positions?.from, positions?.to]);

/** Verifies with a file as it should not be, and puts it back. */
async function faultsWith(path: string, content: Buffer | undefined): Promise<readonly Fault[]> {
  const good = await readFile(path);
  await (content === undefined ? rm(path) : writeFile(path, content));
  try {
    return await faultsOf(path.startsWith(plain) ? plain : folder);
  } finally {
    await writeFile(path, good);
  }
}

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
    const files = await Promise.all(
      [folder, plain].map(async (where) =>
        (await readdir(where, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()),
      ),
    );
    const paths = files.flat().map((entry) => join(entry.parentPath, entry.name));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        async (path, place, by) => {
          const content = await readFile(path);
          const at = Math.floor(place * content.length);
          const faults = await faultsWith(
            path,
            Buffer.concat([content.subarray(0, at), Buffer.of((content[at] ?? 0) ^ by), content.subarray(at + 1)]),
          );
          expect(faults).not.toEqual([]);
          const name = path.split('/').at(-1) ?? '';
          const told = faults.some(({ file, code }) => file.endsWith(name) || code === 'KEY_MISSING' || file.startsWith('pages/'));
          expect(told).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('in a packed page names the stored bytes, and in a plain one the record and its bytes', async () => {
    const content = await readFile(join(plain, 'pages/page-000002.ndjson'));
    const at = content.indexOf('R9960');
    const faults = await faultsWith(
      join(plain, 'pages/page-000002.ndjson'),
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
      join(folder, 'pages/page-000002.ndjson.gz'),
      Buffer.concat([packed.subarray(0, 300), Buffer.alloc(40, 7), packed.subarray(340)]),
    );
    expect(torn).toContainEqual({ code: 'BYTES_CHANGED', file: 'pages/page-000002.ndjson.gz', bytes: { from: 0, to: packed.length - 1 } });
    expect(faultLine({ code: 'ENTRY_CHANGED', ...where })).toBe(
      `✗ 记录已被改动  the record was changed [ENTRY_CHANGED] pages/page-000002.ndjson · 位置 position 9960 · 字节 bytes ${from}–${where.bytes.to}`,
    );
  });
});

/** A page written anew with other lines, as somebody would who can pack and knows the form, but has no key. */
async function faultsWithLines(change: (lines: Buffer[]) => readonly Buffer[]): Promise<readonly Fault[]> {
  const path = join(folder, 'pages/page-000004.ndjson.gz');
  const lines = gunzipSync(await readFile(path))
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line) => Buffer.from(line));
  return faultsWith(
    path,
    gzipSync(
      Buffer.from(
        change(lines)
          .map((line) => `${line.toString()}\n`)
          .join(''),
      ),
      { level: 1 },
    ),
  );
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
    const path = join(plain, 'pages/page-000006.ndjson');
    const faults = await faultsWith(path, (await readFile(path)).subarray(0, -1));
    expect(codesOf(faults)).toEqual(expect.arrayContaining(['BYTES_CHANGED', 'LINE_UNREADABLE', 'PAGE_ROOT', 'POSITION_MISSING']));
  });
});

describe('A page, a statement, a key', () => {
  const manifestPath = (): string => join(folder, 'manifest.ndjson');
  const manifestLines = async (): Promise<string[]> => (await readFile(manifestPath(), 'utf8')).split('\n').slice(0, -1);
  const withManifest = async (change: (lines: string[]) => readonly string[]): Promise<readonly Fault[]> =>
    faultsWith(manifestPath(), Buffer.from(`${change(await manifestLines()).join('\n')}\n`));

  test('a page gone, or there and not listed', async () => {
    const gone = await faultsWith(join(folder, 'pages/page-000003.ndjson.gz'), undefined);
    expect(found(gone, 'FILE_MISSING')).toEqual([['pages/page-000003.ndjson.gz', 10_001, 10_050]]);
    await writeFile(join(folder, 'pages/page-000009.ndjson'), '');
    await mkdir(join(folder, 'more'));
    const more = await faultsOf(folder);
    await rm(join(folder, 'pages/page-000009.ndjson'));
    await rm(join(folder, 'more'), { recursive: true });
    expect(more.map(({ code, file }) => [code, file])).toEqual([
      ['FILE_UNEXPECTED', 'pages/page-000009.ndjson'],
      ['FILE_UNEXPECTED', 'more'],
    ]);
  });

  test('a page gone together with its line, from the middle and from the end', async () => {
    const middle = await withManifest((lines) => lines.toSpliced(5, 1));
    expect(found(middle, 'RANGE_INCOMPLETE')).toEqual([
      ['manifest.ndjson', 10_001, 10_050],
      ['manifest.ndjson', 10_001, 10_050],
    ]);
    const end = await withManifest((lines) => lines.slice(0, -1));
    expect(found(end, 'RANGE_INCOMPLETE')).toEqual([['manifest.ndjson', 10_151, 10_200]]);
  });

  test('the statement of the whole left out', async () => {
    expect(codesOf(await withManifest((lines) => lines.toSpliced(1, 1)))).toContain('STATEMENT_OTHER');
    expect(codesOf(await withManifest((lines) => lines.toSpliced(1, 2)))).toContain('FOLDER_UNSTATED');
  });

  test('lines in another order, or twice', async () => {
    expect(codesOf(await withManifest((lines) => lines.with(4, lines[5] ?? '').with(5, lines[4] ?? '')))).toContain('MANIFEST_ORDER');
    expect(codesOf(await withManifest((lines) => [...lines, lines.at(-1) ?? '']))).toEqual(['MANIFEST_ORDER']);
    expect(codesOf(await withManifest((lines) => lines.slice(1)))).toContain('MANIFEST_ORDER');
  });

  test('a mark or a block of the manifest changed names what does not agree', async () => {
    const marks = await withManifest((lines) => lines.with(4, lines[4]?.replace(/"marks":"..../, '"marks":"AAAA') ?? ''));
    expect(found(marks, 'MARKS_CHANGED')).toEqual([['pages/page-000002.ndjson.gz', 9_951, 9_951]]);
    const blocks = await withManifest((lines) => lines.with(4, lines[4]?.replace(/"blocks":"../, '"blocks":"zz') ?? ''));
    expect(codesOf(blocks)).toContain('MANIFEST_LINE');
  });

  test('statements of another key, whose own file is there or not', async () => {
    const other = join(home, 'other');
    await writeToyFolder(other, { privateKey: createSm2Key(), pages, packed: true });
    const foreign = await readFile(join(other, 'manifest.ndjson'));
    expect(codesOf(await faultsWith(manifestPath(), foreign))).toEqual(['FILE_UNEXPECTED', 'KEY_MISSING']);
    const key = `keys/${fingerprint}.pem`;
    await rename(join(folder, key), join(folder, 'keys/other.pem'));
    const renamed = await faultsOf(folder);
    await rename(join(folder, 'keys/other.pem'), join(folder, key));
    expect(codesOf(renamed)).toEqual(['FILE_UNEXPECTED', 'KEY_FILE', 'KEY_MISSING']);
  });

  test('a statement that was signed for something else', async () => {
    const otherStream = await withManifest((lines) => lines.with(3, lines[3]?.replace('toy-east', 'toy-west') ?? ''));
    expect(codesOf(otherStream)).toEqual(expect.arrayContaining(['SIGNATURE_WRONG', 'STATEMENT_OTHER']));
    const otherRoot = await withManifest((lines) =>
      lines.with(2, lines[2]?.replace(/"root":"[0-9a-f]{64}"/, `"root":"${'0'.repeat(64)}"`) ?? ''),
    );
    expect(codesOf(otherRoot)).toEqual(['RANGE_ROOT', 'SIGNATURE_WRONG']);
  });
});
