import { expect, test } from 'vitest';

import { type Leaf, leafOf, lineHash, readEntry } from './entry-leaf.ts';
import { sm3 } from './hashes.ts';
import { inclusionHolds, proveInclusion } from './inclusion-proof.ts';
import { keyTreeRoot } from './key-tree.ts';
import { type LeafSource, rangeRoot, subtreesOf } from './leaf-source.ts';

const line = Buffer.from('{"position":1,"dataset":"TOY_ROW","key":"R1","version":1,"op":"put","hash":"","payload":"{}"}');
const entry = readEntry(line, 'toy-east');
const leaves: readonly Leaf[] = entry === undefined ? [] : [leafOf(entry, lineHash(line))];
/** One entry, and pieces of which only the roots are known. */
const source: LeafSource = {
  leavesOf: async ({ from }) => (from === 1 ? leaves : []),
  keyRootOf: async ({ from }) => (from === 1 ? keyTreeRoot(subtreesOf(leaves)) : sm3(Buffer.from(`${from}`))),
};

test('a path that fits lists of several lengths is held to the length that was signed', async () => {
  const range = { from: 1, to: 1_000_000 };
  const proof = await proveInclusion(source, range, 1);
  if (proof === undefined) throw new Error('no proof');
  const root = (await rangeRoot(source, range)).toString('hex');
  expect(inclusionHolds(proof, { line, statement: { stream: 'toy-east', ...range, root } })).toBe(true);
  for (const to of [999_999, 1_000_001]) {
    expect(inclusionHolds({ ...proof, to }, { line, statement: { stream: 'toy-east', ...range, root } })).toBe(false);
    expect(inclusionHolds(proof, { line, statement: { stream: 'toy-east', ...range, to, root } })).toBe(false);
  }
});
