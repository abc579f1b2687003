/**
 * Proof that one entry is in a range whose root was signed: some twenty hashes, checked with the entry's line alone.
 * @see design/feed.md 9; schema/PROTOCOL.md «Proof»
 */
import { leafOf, lineHash, readEntry } from './entry-leaf.ts';
import { keyTreePath, rootByPath } from './key-tree.ts';
import { keyRootOf, type LeafSource, subtreesOf } from './leaf-source.ts';
import { inclusionPath, rootByInclusion } from './list-tree.ts';
import { pieceHash, piecesOf, type PositionRange } from './pieces.ts';
import type { RangeStatement } from './range-statement.ts';

/** The hashes from an entry to a range's root; hashes are hexadecimal. */
export interface InclusionProof extends PositionRange {
  /** Up to the root of the piece: the bit of the key hash at which two sides part, and the other side. */
  readonly keySteps: readonly { readonly bit: number; readonly sibling: string }[];
  /** Up from the piece to the root of the range. */
  readonly pieceSteps: readonly string[];
}

/** @returns The proof; undefined when no such entry is in the range. */
export async function proveInclusion(source: LeafSource, range: PositionRange, position: number): Promise<InclusionProof | undefined> {
  const pieces = piecesOf(range);
  const index = pieces.findIndex(({ from, to }) => position >= from && position <= to);
  const hashes: Buffer[] = [];
  let keySteps: InclusionProof['keySteps'] | undefined;
  for (const [at, piece] of pieces.entries()) {
    hashes.push(pieceHash(piece, await keyRootOf(source, piece)));
    if (at !== index) continue;
    const leaves = await source.leavesOf(piece);
    const leaf = leaves.find((one) => one.position === position);
    const steps = leaf === undefined ? undefined : keyTreePath(subtreesOf(leaves), leaf.place);
    keySteps = steps?.map(({ bit, sibling }) => ({ bit, sibling: sibling.toString('hex') }));
  }
  if (keySteps === undefined) return undefined;
  return { from: range.from, to: range.to, keySteps, pieceSteps: inclusionPath(hashes, index).map((hash) => hash.toString('hex')) };
}

/** What a proof is checked with. */
export interface InclusionClaim {
  /** The entry's line, without a line feed. */
  readonly line: Buffer;
  /** Whose signature was checked. Its bounds count: a path fits lists of several lengths. */
  readonly statement: Pick<RangeStatement, 'stream' | 'from' | 'to' | 'root'>;
}

/** @returns Whether the entry is in the range of the statement. */
export function inclusionHolds({ from, to, keySteps, pieceSteps }: InclusionProof, { line, statement }: InclusionClaim): boolean {
  if (from !== statement.from || to !== statement.to) return false;
  const entry = readEntry(line, statement.stream);
  const pieces = piecesOf({ from, to });
  const index = pieces.findIndex((piece) => entry !== undefined && entry.position >= piece.from && entry.position <= piece.to);
  const piece = pieces[index];
  if (entry === undefined || piece === undefined) return false;
  const hash = lineHash(line);
  const steps = keySteps.map(({ bit, sibling }) => ({ bit, sibling: Buffer.from(sibling, 'hex') }));
  const keyRoot = rootByPath({ place: leafOf(entry, hash).place, hash }, steps);
  const path = pieceSteps.map((step) => Buffer.from(step, 'hex'));
  return rootByInclusion(pieceHash(piece, keyRoot), path, { index, size: pieces.length })?.toString('hex') === statement.root;
}
