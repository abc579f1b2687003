/**
 * Whatever two sides differ in is found, and nothing else. @see design/feed.md 9
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type Leaf, leafOf, lineHash } from './entry-leaf.ts';
import { findDifferences } from './find-differences.ts';
import { type LeafSource, rangeRoot } from './leaf-source.ts';
import { openNode } from './open-node.ts';

interface Entry {
  readonly position: number;
  readonly record: number;
  readonly word: string;
}

function leafFrom({ position, record, word }: Entry): Leaf {
  const name = { system: 'toy-east', dataset: 'TOY_ROW', key: `R${record}`, version: 1, position };
  return leafOf(name, lineHash(Buffer.from(JSON.stringify({ ...name, word }))));
}

function sideOf(entries: readonly Entry[]): LeafSource {
  const leaves = entries.map(leafFrom);
  return { leavesOf: async ({ from, to }) => leaves.filter(({ position }) => position >= from && position <= to) };
}

/** Across the end of a segment, so that the second piece is a small one. */
const from = 9_700;
const fault = fc.record({ at: fc.nat(399), what: fc.constantFrom('alter', 'drop', 'add', 'swap'), with: fc.nat(399) });

test('any faults in any number', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 400 }),
      fc.uniqueArray(fault, { maxLength: 12, selector: ({ at }) => at }),
      async (count, faults) => {
        const theirs = Array.from({ length: count }, (_, at): Entry => ({ position: from + at, record: at, word: '' }));
        const ours = faulty(theirs, faults);
        const range = { from, to: from + count - 1 };
        const hub = sideOf(theirs);
        const { differences, complete } = await findDifferences(sideOf(ours), {
          theirs: { ...range, root: (await rangeRoot(hub, range)).toString('hex') },
          ask: (nodes) => Promise.all(nodes.map((node) => openNode(hub, node))),
        });
        const missing = differences.flatMap((found) => (found.theirs === undefined ? [] : [found.theirs.leaf]));
        const added = differences.flatMap((found) => (found.ours === undefined ? [] : [found.ours.leaf]));
        const [left, right] = [theirs, ours].map((side) => side.map((entry) => leafFrom(entry).place.toString('hex', 32)));
        expect(complete).toBe(true);
        expect(missing.toSorted()).toEqual((left ?? []).filter((leaf) => right?.includes(leaf) === false).toSorted());
        expect(added.toSorted()).toEqual((right ?? []).filter((leaf) => left?.includes(leaf) === false).toSorted());
      },
    ),
    { numRuns: 60 },
  );
});

test('it stops when it was told to, and says so', async () => {
  const theirs = Array.from({ length: 300 }, (_, at): Entry => ({ position: from + at, record: at, word: '' }));
  const hub = sideOf(theirs);
  const range = { from, to: from + 299 };
  const compared = await findDifferences(sideOf([]), {
    theirs: { ...range, root: (await rangeRoot(hub, range)).toString('hex') },
    ask: (nodes) => Promise.all(nodes.map((node) => openNode(hub, node))),
    maxCalls: 3,
  });
  expect([compared.calls, compared.complete]).toEqual([3, false]);
});

function faulty(
  entries: readonly Entry[],
  faults: readonly { readonly at: number; readonly what: string; readonly with: number }[],
): readonly Entry[] {
  let left: readonly Entry[] = entries;
  for (const { at, what, with: other } of faults) {
    const [one, two] = [left.find(({ record }) => record === at), left.find(({ record }) => record === other)];
    if (one === undefined) continue;
    if (what === 'alter') left = left.map((entry) => (entry === one ? { ...entry, word: `${entry.word}x` } : entry));
    else if (what === 'drop') left = left.filter((entry) => entry !== one);
    else if (what === 'add') left = [...left, { ...one, record: 1_000 + at }];
    else if (two !== undefined)
      left = left.map((entry) =>
        entry === one ? { ...one, position: two.position } : entry === two ? { ...two, position: one.position } : entry,
      );
  }
  return left;
}
