/**
 * Where one side's leaves are had from, and the root of a range over them.
 * @see design/feed.md 9
 */
import { hashOfLeaf, type Leaf } from './entry-leaf.ts';
import { keyTreeRoot, type Subtree } from './key-tree.ts';
import { listRoot } from './list-tree.ts';
import { pieceHash, piecesOf, type PositionRange } from './pieces.ts';

/** One side of a comparison: the hub, or who received from it. */
export interface LeafSource {
  /** @returns The leaves of a piece, in any order. */
  leavesOf(piece: PositionRange): Promise<readonly Leaf[]>;
  /** The root over a piece's leaves where it is kept; left out, it is made from them. */
  keyRootOf?(piece: PositionRange): Promise<Buffer>;
}

/** @returns The root of a range of any length. */
export async function rangeRoot(source: LeafSource, range: PositionRange): Promise<Buffer> {
  const hashes: Buffer[] = [];
  for (const piece of piecesOf(range)) hashes.push(pieceHash(piece, await keyRootOf(source, piece)));
  return listRoot(hashes);
}

/** @returns The leaves as they stand in the tree. */
export function subtreesOf(leaves: readonly Leaf[]): readonly Subtree[] {
  return leaves.map((leaf) => ({ place: leaf.place, hash: hashOfLeaf(leaf) }));
}

/** @returns The root over a piece's leaves: kept, or made. */
export async function keyRootOf(source: LeafSource, piece: PositionRange): Promise<Buffer> {
  return source.keyRootOf === undefined ? keyTreeRoot(subtreesOf(await source.leavesOf(piece))) : source.keyRootOf(piece);
}
