/**
 * A made-up stream of any length, made piece by piece whenever it is read, and the same stream with faults in it.
 */
import { keyTreeRoot, type Leaf, type LeafSource, leavesOfLines, type PositionRange, subtreesOf } from '@hub/schema';
import { type ToyEntry, toyLine } from '@hub/verifier/testing';

/** The stream's name, which is also the system of its entries. */
export const stream = 'toy-east';

/** Entries that stand at a position instead of the one that belongs there. */
export type Faults = ReadonlyMap<number, readonly ToyEntry[]>;

/** @returns The lines of a range, with what the faults say. */
export function linesOf({ from, to }: PositionRange, faults: Faults = new Map()): readonly Buffer[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at).flatMap((position) =>
    (faults.get(position) ?? [{ position }]).map(toyLine),
  );
}

/** @returns One side of a comparison; what no fault touches is made once for all sides. */
export function sideOf(faults: Faults = new Map()): LeafSource {
  const leavesOf = (piece: PositionRange): readonly Leaf[] => {
    const whole = wholeLeaves(piece);
    if (!touches(faults, piece)) return whole;
    return whole.flatMap((leaf) => {
      const said = faults.get(leaf.position);
      return said === undefined ? [leaf] : said.flatMap((words) => leavesOfLines([toyLine(words)], stream));
    });
  };
  const roots = new Map<string, Buffer>();
  return {
    leavesOf: async (piece) => leavesOf(piece),
    async keyRootOf(piece) {
      const kept = touches(faults, piece) ? roots : wholeRoots;
      const name = `${piece.from}-${piece.to}`;
      const root = kept.get(name) ?? keyTreeRoot(subtreesOf(leavesOf(piece)));
      kept.set(name, root);
      return root;
    },
  };
}

const wholeRoots = new Map<string, Buffer>();
/** The pieces read last: a million entries would not fit. */
const wholePieces = new Map<string, readonly Leaf[]>();
const piecesKept = 4;

function wholeLeaves(piece: PositionRange): readonly Leaf[] {
  const name = `${piece.from}-${piece.to}`;
  const leaves = wholePieces.get(name) ?? leavesOfLines(linesOf(piece), stream);
  wholePieces.delete(name);
  wholePieces.set(name, leaves);
  const [oldest] = wholePieces.keys();
  if (wholePieces.size > piecesKept && oldest !== undefined) wholePieces.delete(oldest);
  return leaves;
}

function touches(faults: Faults, { from, to }: PositionRange): boolean {
  return [...faults.keys()].some((position) => position >= from && position <= to);
}
