/**
 * The Merkle tree of one piece of a feed, ordered by key hash: a binary tree over the bits of the leaves' places, in which a
 * branch with nothing on one side is left out. Its root depends on the set of entries alone, and a change of one entry changes
 * nothing but the nodes above it.
 * @see design/feed.md 9; schema/PROTOCOL.md «Proof»
 */
import { taggedHash } from './hashes.ts';

/** A subtree: all leaves whose place begins with some bits. */
export interface Subtree {
  /** The bits, in whole bytes. */
  readonly place: Buffer;
  readonly hash: Buffer;
}

/** One step from a leaf to the root: at which bit of the place the two sides part, and the hash of the other side. */
export interface KeyStep {
  readonly bit: number;
  readonly sibling: Buffer;
}

/** @returns The root over nothing. */
export function emptyRoot(): Buffer {
  return taggedHash('empty');
}

/** @returns The root over subtrees of distinct places of one length, in any order; equal ones count once. */
export function keyTreeRoot(subtrees: readonly Subtree[]): Buffer {
  const sorted = ordered(subtrees);
  return sorted.length === 0 ? emptyRoot() : rootOf(sorted, 0, sorted.length);
}

/** @returns The steps from the leaf at `place` up to the root; undefined when it is not there. */
export function keyTreePath(subtrees: readonly Subtree[], place: Buffer): readonly KeyStep[] | undefined {
  const sorted = ordered(subtrees);
  const steps: KeyStep[] = [];
  let [low, high] = [0, sorted.length];
  while (high - low > 1) {
    const bit = firstBitApart(sorted, low, high);
    const middle = firstWithBit(sorted, { low, high, bit });
    const goesRight = bitAt(place, bit) === 1;
    steps.push({ bit, sibling: goesRight ? rootOf(sorted, low, middle) : rootOf(sorted, middle, high) });
    if (goesRight) low = middle;
    else high = middle;
  }
  return sorted[low]?.place.equals(place) === true ? steps.toReversed() : undefined;
}

/** @returns The root that a leaf's hash and its steps lead to. */
export function rootByPath({ place, hash }: Subtree, steps: readonly KeyStep[]): Buffer {
  return steps.reduce((below, { bit, sibling }) => (bitAt(place, bit) === 1 ? node(sibling, below) : node(below, sibling)), hash);
}

function ordered(subtrees: readonly Subtree[]): readonly Subtree[] {
  const sorted = subtrees.toSorted((one, other) => Buffer.compare(one.place, other.place));
  return sorted.filter(({ place }, at) => at === 0 || sorted[at - 1]?.place.equals(place) !== true);
}

function rootOf(sorted: readonly Subtree[], low: number, high: number): Buffer {
  const [first] = sorted.slice(low, low + 1);
  if (first === undefined) return emptyRoot();
  if (high - low === 1) return first.hash;
  const middle = firstWithBit(sorted, { low, high, bit: firstBitApart(sorted, low, high) });
  return node(rootOf(sorted, low, middle), rootOf(sorted, middle, high));
}

function node(left: Buffer, right: Buffer): Buffer {
  return taggedHash('keyNode', left, right);
}

/** They are sorted: what the first and the last have in common, all have. */
function firstBitApart(sorted: readonly Subtree[], low: number, high: number): number {
  const [first, last] = [sorted[low]?.place ?? Buffer.alloc(0), sorted[high - 1]?.place ?? Buffer.alloc(0)];
  const byte = first.findIndex((value, at) => value !== last[at]);
  return byte * 8 + Math.clz32(((first[byte] ?? 0) ^ (last[byte] ?? 0)) << 24);
}

function firstWithBit(
  sorted: readonly Subtree[],
  { low, high, bit }: { readonly low: number; readonly high: number; readonly bit: number },
): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (bitAt(sorted[middle]?.place ?? Buffer.alloc(0), bit) === 1) to = middle;
    else from = middle + 1;
  }
  return from;
}

function bitAt(place: Buffer, bit: number): number {
  return ((place[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1;
}
