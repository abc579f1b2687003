/**
 * Whether what a peer says lies below a node really hashes to the node: a peer that answers anything else is not believed.
 * @see design/feed.md 9
 */
import { keyHash } from './entry-leaf.ts';
import { keyTreeRoot } from './key-tree.ts';
import { listRoot } from './list-tree.ts';
import type { OpenedNode, ProofNode } from './open-node.ts';
import { pieceHash } from './pieces.ts';

/** @param hash - Of the node, from a statement or an answer that was checked, hexadecimal. */
export function isProven(asked: ProofNode, hash: string, opened: OpenedNode): boolean {
  const { from, to, prefix, ranges, branches } = opened;
  if (from !== asked.from || to !== asked.to || prefix !== asked.prefix) return false;
  if (ranges !== undefined) return joins(asked, ranges) && listRoot(ranges.map(({ root }) => bytes(root))).equals(bytes(hash));
  if (branches !== undefined && !branches.every((branch) => isJustBelow(branch.prefix, prefix))) return false;
  const below =
    branches === undefined ? entriesBelow(opened) : branches.map((branch) => ({ place: bytes(branch.prefix), hash: bytes(branch.hash) }));
  if (!below.every(({ place }) => place.toString('hex').startsWith(prefix))) return false;
  const root = keyTreeRoot(below);
  return (prefix === '' ? pieceHash(asked, root) : root).equals(bytes(hash));
}

function entriesBelow({ entries = [] }: OpenedNode): readonly { readonly place: Buffer; readonly hash: Buffer }[] {
  return entries.map((entry) => {
    const hash = bytes(entry.leaf);
    return { place: Buffer.concat([keyHash(entry), hash]), hash };
  });
}

/** Whether the ranges follow each other from the first position to the last. */
function joins({ from, to }: ProofNode, ranges: NonNullable<OpenedNode['ranges']>): boolean {
  const inOrder = ranges.every((range, at) => range.from === (at === 0 ? from : (ranges[at - 1]?.to ?? 0) + 1) && range.to >= range.from);
  return inOrder && ranges.length > 1 && ranges.at(-1)?.to === to;
}

function isJustBelow(child: string, prefix: string): boolean {
  return child.length === prefix.length + 2 && child.startsWith(prefix);
}

function bytes(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}
