/**
 * The Merkle tree over a list that only grows, with proofs that something is in it and that one state continues another.
 * The trees of RFC 9162 2.1 with SM3, over hashes that are leaves already.
 * @see RFC 9162 2.1; design/feed.md 9; schema/PROTOCOL.md «Proof»
 */
import { taggedHash } from './hashes.ts';
import { emptyRoot } from './key-tree.ts';

/** @returns The root over the leaves in their order. */
export function listRoot(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return emptyRoot();
  if (leaves.length === 1) return only;
  const middle = splitOf(leaves.length);
  return node(listRoot(leaves.slice(0, middle)), listRoot(leaves.slice(middle)));
}

/** @returns The siblings from leaf `index` to the root, the nearest first. */
export function inclusionPath(leaves: readonly Buffer[], index: number): readonly Buffer[] {
  if (leaves.length < 2) return [];
  const middle = splitOf(leaves.length);
  return index < middle
    ? [...inclusionPath(leaves.slice(0, middle), index), listRoot(leaves.slice(middle))]
    : [...inclusionPath(leaves.slice(middle), index - middle), listRoot(leaves.slice(0, middle))];
}

/** @returns The root that a leaf and its path lead to; undefined when the path does not fit the place. */
export function rootByInclusion(
  leaf: Buffer,
  path: readonly Buffer[],
  { index, size }: { readonly index: number; readonly size: number },
): Buffer | undefined {
  if (size === 1) return path.length === 0 ? leaf : undefined;
  const sibling = path.at(-1);
  if (sibling === undefined || index >= size) return undefined;
  const middle = splitOf(size);
  const rest = path.slice(0, -1);
  const isLeft = index < middle;
  const below = rootByInclusion(leaf, rest, isLeft ? { index, size: middle } : { index: index - middle, size: size - middle });
  if (below === undefined) return undefined;
  return isLeft ? node(below, sibling) : node(sibling, below);
}

/** @returns The hashes that prove that the list's first `size` leaves are where it came from. */
export function consistencyPath(leaves: readonly Buffer[], size: number): readonly Buffer[] {
  return subproof(leaves, size, true);
}

/** Two states of one list. */
export interface GrowthClaim {
  readonly before: { readonly size: number; readonly root: Buffer };
  readonly after: { readonly size: number; readonly root: Buffer };
}

/** @returns Whether the path proves that the later state continues the earlier one: nothing in it changed or left out. */
export function growthHolds({ before, after }: GrowthClaim, path: readonly Buffer[]): boolean {
  if (before.size === after.size) return path.length === 0 && before.root.equals(after.root);
  if (before.size < 1 || before.size > after.size) return false;
  // Where the earlier list is a whole subtree of the later one, its root is known and not sent.
  const hashes = isPowerOfTwo(before.size) ? [before.root, ...path] : [...path];
  let [older, newer] = [before.size - 1, after.size - 1];
  while ((older & 1) === 1) [older, newer] = [Math.floor(older / 2), Math.floor(newer / 2)];
  const [first, ...rest] = hashes;
  if (first === undefined) return false;
  let [oldRoot, newRoot] = [first, first];
  for (const hash of rest) {
    if (newer === 0) return false;
    if ((older & 1) === 1 || older === newer) {
      [oldRoot, newRoot] = [node(hash, oldRoot), node(hash, newRoot)];
      while ((older & 1) === 0 && older !== 0) [older, newer] = [Math.floor(older / 2), Math.floor(newer / 2)];
    } else newRoot = node(newRoot, hash);
    [older, newer] = [Math.floor(older / 2), Math.floor(newer / 2)];
  }
  return newer === 0 && oldRoot.equals(before.root) && newRoot.equals(after.root);
}

function subproof(leaves: readonly Buffer[], size: number, isKnown: boolean): readonly Buffer[] {
  if (size === leaves.length) return isKnown ? [] : [listRoot(leaves)];
  const middle = splitOf(leaves.length);
  return size <= middle
    ? [...subproof(leaves.slice(0, middle), size, isKnown), listRoot(leaves.slice(middle))]
    : [...subproof(leaves.slice(middle), size - middle, false), listRoot(leaves.slice(0, middle))];
}

/** The largest power of two below a count. */
function splitOf(count: number): number {
  return 2 ** Math.floor(Math.log2(count - 1));
}

function isPowerOfTwo(count: number): boolean {
  return 2 ** Math.round(Math.log2(count)) === count;
}

function node(left: Buffer, right: Buffer): Buffer {
  return taggedHash('listNode', left, right);
}
