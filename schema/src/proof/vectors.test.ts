/**
 * The published vectors, which another implementation made. @see schema/PROTOCOL.md «Proof»; GB/T 32905; GB/T 32918.5
 */
import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { leafOf, lineHash, readEntry } from './entry-leaf.ts';
import { GrowingRoot } from './growing-root.ts';
import { sm3 } from './hashes.ts';
import { emptyRoot, keyTreeRoot } from './key-tree.ts';
import { rangeRoot, subtreesOf } from './leaf-source.ts';
import { consistencyPath, growthHolds, listRoot } from './list-tree.ts';
import { pieceHash, piecesOf } from './pieces.ts';
import { type RangeStatement, signatureHolds, statementText } from './range-statement.ts';
import { readSm2PublicKey } from './sm2-key.ts';
import { sm2Verify } from './sm2-signature.ts';

interface Vectors {
  readonly sm3: readonly { readonly text: string; readonly hash: string }[];
  readonly sm2: {
    readonly message: string;
    readonly z: string;
    readonly r: string;
    readonly signature: string;
    readonly publicKeyPem: string;
    readonly fingerprint: string;
  };
  readonly stream: string;
  readonly entries: readonly { readonly line: string; readonly keyHash: string; readonly leaf: string }[];
  readonly empty: string;
  readonly keyRoots: readonly { readonly entries: number; readonly root: string }[];
  readonly pieces: readonly { readonly from: number; readonly to: number; readonly keyRoot: string; readonly hash: string }[];
  readonly range: { readonly from: number; readonly to: number; readonly root: string };
  readonly lists: {
    readonly leaves: readonly string[];
    readonly roots: readonly { readonly size: number; readonly root: string }[];
    readonly growth: readonly { readonly before: number; readonly after: number; readonly path: readonly string[] }[];
  };
  readonly statement: { readonly text: string; readonly signer: string; readonly signature: string };
}

const vectors: Vectors = JSON.parse(readFileSync(new URL('../../proof-vectors.json', import.meta.url), 'utf8'));
const leaves = vectors.entries.map(({ line }) => {
  const entry = readEntry(Buffer.from(line), vectors.stream);
  if (entry === undefined) throw new Error(line);
  return leafOf(entry, lineHash(Buffer.from(line)));
});

describe('Standards', () => {
  test.each(vectors.sm3)('SM3 of «$text»', ({ text, hash }) => expect(sm3(Buffer.from(text)).toString('hex')).toBe(hash));

  test('SM3 is the published one (GB/T 32905 annex A)', () => {
    const published = [
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
      'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    ];
    expect(vectors.sm3.slice(0, 2).map(({ hash }) => hash)).toEqual(published);
  });

  test('SM2: key, Z and signature of GB/T 32918.5 annex A, which a changed message does not have', () => {
    const { message, z, r, signature, publicKeyPem, fingerprint } = vectors.sm2;
    const key = readSm2PublicKey(publicKeyPem);
    if (key === undefined) throw new Error('no key');
    const der = Buffer.from(signature, 'base64');
    expect([key.fingerprint, key.pem, key.z.toString('hex'), der.toString('hex').includes(r)]).toEqual([
      fingerprint,
      publicKeyPem,
      z,
      true,
    ]);
    expect(sm2Verify(Buffer.from(message), der, key)).toBe(true);
    expect(sm2Verify(Buffer.from(`${message}.`), der, key)).toBe(false);
  });
});

test('what is no signature holds for nothing, and breaks nothing', () => {
  const key = readSm2PublicKey(vectors.sm2.publicKeyPem);
  if (key === undefined) throw new Error('no key');
  const signature = Buffer.from(vectors.sm2.signature, 'base64');
  const others = [Buffer.alloc(0), Buffer.of(0x30), Buffer.alloc(70), signature.subarray(1), Buffer.concat([signature, signature])];
  expect(others.filter((other) => sm2Verify(Buffer.from(vectors.sm2.message), other, key))).toEqual([]);
});

describe('Trees', () => {
  test('leaves', () => {
    const told = leaves.map(({ place }) => ({ keyHash: place.toString('hex', 0, 32), leaf: place.toString('hex', 32) }));
    expect(told).toEqual(vectors.entries.map(({ keyHash, leaf }) => ({ keyHash, leaf })));
    expect(emptyRoot().toString('hex')).toBe(vectors.empty);
  });

  test.each(vectors.keyRoots)('root by key hash of $entries', ({ entries, root }) => {
    expect(keyTreeRoot(subtreesOf(leaves.slice(0, entries))).toString('hex')).toBe(root);
    expect(keyTreeRoot(subtreesOf(leaves.slice(0, entries).toReversed())).toString('hex')).toBe(root);
  });

  test('pieces and the range', async () => {
    const within = ({ from, to }: { readonly from: number; readonly to: number }): typeof leaves =>
      leaves.filter(({ position }) => position >= from && position <= to);
    const told = piecesOf(vectors.range).map((piece) => {
      const keyRoot = keyTreeRoot(subtreesOf(within(piece)));
      return { ...piece, keyRoot: keyRoot.toString('hex'), hash: pieceHash(piece, keyRoot).toString('hex') };
    });
    expect(told).toEqual(vectors.pieces);
    const root = await rangeRoot({ leavesOf: async (piece) => within(piece) }, vectors.range);
    expect(root.toString('hex')).toBe(vectors.range.root);
  });

  test('lists, grown one by one as well', () => {
    const list = vectors.lists.leaves.map((hash) => Buffer.from(hash, 'hex'));
    const growing = new GrowingRoot();
    for (const { size, root } of vectors.lists.roots) {
      expect([size, listRoot(list.slice(0, size)).toString('hex'), growing.root.toString('hex')]).toEqual([size, root, root]);
      const next = list[size];
      if (next !== undefined) growing.append(next);
    }
  });

  test.each(vectors.lists.growth)('growth from $before to $after', ({ before, after, path }) => {
    const list = vectors.lists.leaves.slice(0, after).map((hash) => Buffer.from(hash, 'hex'));
    expect(consistencyPath(list, before).map((hash) => hash.toString('hex'))).toEqual(path);
    const claim = { before: { size: before, root: listRoot(list.slice(0, before)) }, after: { size: after, root: listRoot(list) } };
    expect(
      growthHolds(
        claim,
        path.map((hash) => Buffer.from(hash, 'hex')),
      ),
    ).toBe(true);
  });
});

test('a statement has one text, and its signature holds for it alone', () => {
  const statement: RangeStatement = JSON.parse(vectors.statement.text);
  expect(statementText(statement)).toBe(vectors.statement.text);
  expect(statement.root).toBe(vectors.range.root);
  const key = readSm2PublicKey(vectors.sm2.publicKeyPem);
  if (key === undefined) throw new Error('no key');
  const { signer, signature } = vectors.statement;
  expect(signatureHolds({ statement, signer, signature }, key)).toBe(true);
  const otherwise = { stream: 'toy-west', epoch: 'x', from: 1, to: 1, count: 4, root: '0'.repeat(64), at: '2026-11-22T16:00:00.000001Z' };
  const held = Object.entries(otherwise).filter(([name, value]) =>
    signatureHolds({ statement: { ...statement, [name]: value }, signer, signature }, key),
  );
  expect(held).toEqual([]);
  for (const written of [`${signature}\n`, signature.replace(/=*$/, ''), ` ${signature}`]) {
    expect(signatureHolds({ statement, signer, signature: written }, key)).toBe(false);
  }
});
