/**
 * Writes a folder of pages with everything that proves them, as whoever keeps pages would.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import {
  GrowingRoot,
  keyTreeRoot,
  leavesOfLines,
  manifestName,
  manifestText,
  pageLine,
  type PositionRange,
  pieceHash,
  piecesOf,
  readSm2PrivateKey,
  type SignedStatement,
  signStatement,
  softwareSigner,
} from '@hub/schema';

/** What to write. */
export interface ToyFolder {
  /** Private key that signs, PEM. */
  readonly privateKey: string;
  /** Lines of each page; pages follow each other and lie within a segment each. */
  readonly pages: Iterable<readonly Buffer[]>;
  readonly packed: boolean;
  /** Further ranges to be signed besides the whole. */
  readonly ranges?: readonly PositionRange[];
}

const stream = 'toy-east';
const epoch = 'toy-epoch-1';
const at = '2026-11-22T16:00:00.000000Z';

/** Writes the folder, which must be empty. */
export async function writeToyFolder(folder: string, { privateKey, pages, packed, ranges = [] }: ToyFolder): Promise<void> {
  const key = readSm2PrivateKey(privateKey);
  if (key === undefined) throw new Error('no SM2 private key');
  const signer = softwareSigner(key);
  for (const inner of ['pages', 'keys']) await mkdir(join(folder, inner), { recursive: true });
  await writeFile(join(folder, 'keys', `${key.publicKey.fingerprint}.pem`), key.publicKey.pem);
  // Of a million entries only this fits.
  const places: Buffer[] = [];
  const whole = { from: 0, to: 0 };
  const pageTexts: string[] = [];
  for (const lines of pages) {
    const text = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
    const stored = packed ? gzipSync(text, { level: 1 }) : text;
    const file = `page-${String(pageTexts.length + 1).padStart(6, '0')}.ndjson${packed ? '.gz' : ''}`;
    await writeFile(join(folder, 'pages', file), stored);
    pageTexts.push(manifestText(await pageLine({ stream, epoch, at, lines, file, stored }, signer)));
    for (const { place, position } of leavesOfLines(lines, stream)) {
      places.push(place);
      whole.from ||= position;
      whole.to = position;
    }
  }
  const signed = await Promise.all([whole, ...ranges].map((range) => signedRange(range)));
  const texts = [
    manifestText({ kind: 'folder', version: 1 }),
    ...signed.map((line) => manifestText({ kind: 'range', ...line })),
    ...pageTexts,
  ];
  await writeFile(join(folder, manifestName), `${texts.join('\n')}\n`);

  function signedRange({ from, to }: PositionRange): Promise<SignedStatement> {
    const root = new GrowingRoot();
    for (const piece of piecesOf({ from, to })) {
      const inside = places.slice(piece.from - whole.from, piece.to - whole.from + 1);
      root.append(pieceHash(piece, keyTreeRoot(inside.map((place) => ({ place, hash: place.subarray(32) })))));
    }
    return signStatement({ stream, epoch, from, to, count: to - from + 1, root: root.root.toString('hex'), at }, signer);
  }
}
