/**
 * Opens a node of the proof: what lies below it, so that who compares knows where to look next. A range opens into shorter
 * ranges, a piece into 256 branches by key hash, a small branch into its entries.
 * @see design/feed.md 9; schema/PROTOCOL.md «Proof»
 */
import { type EntryName, hashOfLeaf, type Leaf } from './entry-leaf.ts';
import { keyTreeRoot } from './key-tree.ts';
import { type LeafSource, rangeRoot, subtreesOf } from './leaf-source.ts';
import { type PositionRange, piecesOf } from './pieces.ts';

/** Ranges and branches that a node opens into, at most. */
export const fanOut = 256;
/** Entries up to which a branch is told entry by entry. */
export const listedEntries = 64;

/** A range, or a branch of one piece. */
export interface ProofNode extends PositionRange {
  /** First bytes of the key hashes, two hexadecimal digits each; empty for a range. */
  readonly prefix: string;
}

/** An entry, as it is named in an answer. */
export interface ListedEntry extends EntryName {
  readonly position: number;
  /** Hash of its line, hexadecimal. */
  readonly leaf: string;
}

/** What lies below a node: one of three. */
export interface OpenedNode extends ProofNode {
  readonly ranges?: readonly (PositionRange & { readonly root: string })[];
  readonly branches?: readonly { readonly prefix: string; readonly count: number; readonly hash: string }[];
  readonly entries?: readonly ListedEntry[];
}

/** @returns What lies below a node on this side. */
export async function openNode(source: LeafSource, { from, to, prefix }: ProofNode): Promise<OpenedNode> {
  const node = { from, to, prefix };
  const pieces = piecesOf(node);
  if (pieces.length > 1) return { ...node, ranges: await shorterRanges(source, pieces) };
  const leaves = (await source.leavesOf(node)).filter(isBelow(prefix));
  // Two that share a whole key hash, and entries beyond it, cannot be told apart further.
  if (leaves.length <= listedEntries || prefix.length >= 64) return { ...node, entries: leaves.map(listed) };
  return { ...node, branches: branchesOf(leaves, prefix) };
}

/** @returns Whether a leaf is below a branch. */
export function isBelow(prefix: string): (leaf: Leaf) => boolean {
  const bytes = Buffer.from(prefix, 'hex');
  return ({ place }) => place.subarray(0, bytes.length).equals(bytes);
}

/** @returns The entry as it is named in answers. */
export function listed(leaf: Leaf): ListedEntry {
  const { position, system, dataset, key, version } = leaf;
  return { position, system, dataset, key, version, leaf: hashOfLeaf(leaf).toString('hex') };
}

/** Hashes of the branches one byte below a prefix, by prefix. */
function branchesOf(leaves: readonly Leaf[], prefix: string): readonly { prefix: string; count: number; hash: string }[] {
  const byByte = Map.groupBy(leaves, ({ place }) => place.toString('hex', prefix.length / 2, prefix.length / 2 + 1));
  return [...byByte]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([byte, below]) => ({ prefix: `${prefix}${byte}`, count: below.length, hash: keyTreeRoot(subtreesOf(below)).toString('hex') }));
}

/** Ranges of equally many pieces, a power of two: each has its own node in the tree over all. */
async function shorterRanges(source: LeafSource, pieces: readonly PositionRange[]): Promise<NonNullable<OpenedNode['ranges']>> {
  const size = 2 ** Math.max(0, Math.ceil(Math.log2(pieces.length / fanOut)));
  const ranges: (PositionRange & { readonly root: string })[] = [];
  for (let at = 0; at < pieces.length; at += size) {
    const group = pieces.slice(at, at + size);
    const [range] = group.map(({ from }) => ({ from, to: group.at(-1)?.to ?? from }));
    if (range !== undefined) ranges.push({ ...range, root: (await rangeRoot(source, range)).toString('hex') });
  }
  return ranges;
}
