/**
 * Holds the signed ranges against the pages as they go by, one segment in memory at a time.
 * @see design/feed.md 9; schema/PROTOCOL.md «Proof»
 */
import {
  GrowingRoot,
  keyTreeRoot,
  type Leaf,
  pieceHash,
  piecesOf,
  type PositionRange,
  type RangeStatement,
  segmentPositions,
  subtreesOf,
} from '@hub/schema';

import type { CheckedPage } from './check-page.ts';
import type { FaultSink } from './fault.ts';

interface Claim {
  readonly statement: RangeStatement;
  readonly root: GrowingRoot;
  readonly missing: PositionRange[];
  /** The first position not yet seen. */
  next: number;
}

/** Signed ranges, and what of them has gone by. */
export class RangeTally {
  readonly #claims: readonly Claim[];
  readonly #hashes = new Map<string, Buffer>();
  #leaves: Leaf[] = [];
  #segment = 0;

  constructor(statements: readonly RangeStatement[]) {
    this.#claims = statements.map((statement) => ({ statement, root: new GrowingRoot(), missing: [], next: statement.from }));
  }

  /** Takes the next page; pages come in the order of their positions. */
  add({ from, to }: PositionRange, { leaves, hash }: CheckedPage): void {
    const segment = segmentOf(from);
    if (segment !== this.#segment) this.#closeSegment();
    this.#segment = segment;
    for (const leaf of leaves) this.#leaves.push(leaf);
    this.#hashes.set(nameOf({ from, to }), hash);
    for (const claim of this.#claims) see(claim, { from, to });
  }

  /** Tells every range that does not hold. */
  end(onFault: FaultSink): void {
    this.#closeSegment();
    for (const { statement, root, missing, next } of this.#claims) {
      const [file, positions] = ['manifest.ndjson', { from: statement.from, to: statement.to }];
      const absent = next <= statement.to ? [...missing, { from: next, to: statement.to }] : missing;
      for (const span of absent) onFault({ code: 'RANGE_INCOMPLETE', file, positions: span });
      if (absent.length === 0 && root.root.toString('hex') !== statement.root) onFault({ code: 'RANGE_ROOT', file, positions });
    }
  }

  #closeSegment(): void {
    const end = this.#segment * segmentPositions;
    for (const { statement, root } of this.#claims) {
      const piece = { from: Math.max(statement.from, end - segmentPositions + 1), to: Math.min(statement.to, end) };
      if (piece.from <= piece.to) root.append(this.#hashOf(piece));
    }
    this.#leaves = [];
    this.#hashes.clear();
  }

  #hashOf(piece: PositionRange): Buffer {
    const known = this.#hashes.get(nameOf(piece));
    if (known !== undefined) return known;
    const leaves = this.#leaves.filter(({ position }) => position >= piece.from && position <= piece.to);
    const hash = pieceHash(piece, keyTreeRoot(subtreesOf(leaves)));
    this.#hashes.set(nameOf(piece), hash);
    return hash;
  }
}

function see(claim: Claim, { from, to }: PositionRange): void {
  const [first, last] = [Math.max(from, claim.statement.from), Math.min(to, claim.statement.to)];
  if (first > last) return;
  if (first > claim.next) claim.missing.push({ from: claim.next, to: first - 1 });
  claim.next = Math.max(claim.next, last + 1);
}

function segmentOf(position: number): number {
  const [piece] = piecesOf({ from: position, to: position });
  return Math.ceil((piece?.to ?? position) / segmentPositions);
}

function nameOf({ from, to }: PositionRange): string {
  return `${from}-${to}`;
}
