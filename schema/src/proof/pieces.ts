/**
 * Ranges of positions, and the pieces they are proved by: a range is cut where segments end. A closed segment is one piece for
 * ever, so a range that grows keeps what it had.
 * @see design/feed.md 7 and 9; schema/PROTOCOL.md «Proof»
 */
import { taggedHash } from './hashes.ts';

/** Positions of a segment. */
export const segmentPositions = 10_000;

/** Positions `from` to `to`, both among them. */
export interface PositionRange {
  readonly from: number;
  readonly to: number;
}

/** @returns The pieces of a range in order; one when it lies within a segment. */
export function piecesOf({ from, to }: PositionRange): readonly PositionRange[] {
  const pieces: PositionRange[] = [];
  for (let start = from; start <= to;) {
    const end = Math.min(to, Math.ceil(start / segmentPositions) * segmentPositions);
    pieces.push({ from: start, to: end });
    start = end + 1;
  }
  return pieces;
}

/** @param keyRoot - Root of the piece's entries by key hash. @returns What stands for the piece in the root of a range. */
export function pieceHash({ from, to }: PositionRange, keyRoot: Buffer): Buffer {
  const bounds = Buffer.alloc(16);
  bounds.writeBigUInt64BE(BigInt(from), 0);
  bounds.writeBigUInt64BE(BigInt(to), 8);
  return taggedHash('piece', bounds, keyRoot);
}
