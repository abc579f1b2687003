/**
 * Pages gone, statements and keys exchanged: whatever is done to what a folder says of itself. @see schema/PROTOCOL.md «Proof»
 */
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createSm2Key, readSm2PrivateKey } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Fault } from './fault.ts';
import { codesOf, faultsOf, faultsWith, found } from './testing/faults-found.ts';
import { toyLine, writeToyFolder } from './testing/index.ts';

let home: string;
let folder: string;
const privateKey = createSm2Key();
const fingerprint = readSm2PrivateKey(privateKey)?.publicKey.fingerprint ?? '';

/** Positions 9,901 to 10,200 in pages of 50: two segments; and a day that begins and ends within pages. */
const pages = Array.from({ length: 6 }, (_, page) =>
  Array.from({ length: 50 }, (_line, at) => toyLine({ position: 9_901 + page * 50 + at })),
);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-proof-'));
  folder = join(home, 'packed');
  await writeToyFolder(folder, { privateKey, pages, packed: true, ranges: [{ from: 9_933, to: 10_077 }] });
});
afterAll(() => rm(home, { recursive: true }));

describe('A page, a statement, a key', () => {
  const manifest = 'manifest.ndjson';
  const manifestLines = async (): Promise<string[]> => (await readFile(join(folder, manifest), 'utf8')).split('\n').slice(0, -1);
  const withManifest = async (change: (lines: string[]) => readonly string[]): Promise<readonly Fault[]> =>
    faultsWith(folder, manifest, Buffer.from(`${change(await manifestLines()).join('\n')}\n`));

  test('a page gone, or there and not listed', async () => {
    const gone = await faultsWith(folder, 'pages/page-000003.ndjson.gz', undefined);
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

  test('a size or a block too many that the manifest tells of a file', async () => {
    const size = await withManifest((lines) =>
      lines.with(4, lines[4]?.replace(/"bytes":\d+/, (told) => `${told.slice(0, -1)}${(Number(told.at(-1)) + 1) % 10}`) ?? ''),
    );
    const more = await withManifest((lines) => lines.with(4, lines[4]?.replace(/"blocks":"/, `$&${'0'.repeat(16)}`) ?? ''));
    const less = await withManifest((lines) => lines.with(4, lines[4]?.replace(/"blocks":"[0-9a-f]*/, `"blocks":"`) ?? ''));
    expect([size, more, less].map(codesOf)).toEqual([['BYTES_CHANGED'], ['BYTES_CHANGED'], ['BYTES_CHANGED']]);
    const extra = await withManifest((lines) => lines.with(4, lines[4]?.replace(/"blocks":"[0-9a-f]*/, `$&${'0'.repeat(16)}`) ?? ''));
    expect(codesOf(extra)).toEqual(['BYTES_CHANGED']);
  });

  test('statements of another key, whose own file is there or not', async () => {
    const other = join(home, 'other');
    await writeToyFolder(other, { privateKey: createSm2Key(), pages, packed: true });
    const foreign = await readFile(join(other, 'manifest.ndjson'));
    expect(codesOf(await faultsWith(folder, manifest, foreign))).toEqual(['FILE_UNEXPECTED', 'KEY_MISSING']);
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
