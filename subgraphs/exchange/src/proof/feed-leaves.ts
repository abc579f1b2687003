/**
 * The hub's side of the proof: leaves read from the feed's lines, roots of closed segments from where they are kept. Hashing a
 * whole segment takes a fifth of a second, so it is done in pieces between which others have their turn.
 * @see design/feed.md 9
 */
import { setImmediate as nextTurn } from 'node:timers/promises';

import {
  HubError,
  keyTreeRoot,
  type Leaf,
  type LeafSource,
  leafOf,
  lineHash,
  type PositionRange,
  readEntry,
  subtreesOf,
} from '@hub/schema';
import type postgres from 'postgres';

import { copyLines } from '../feed/copy-lines.ts';
import { hubStream } from '../feed/feed-state.ts';

const lineFeed = 0x0a;
const segmentPositions = 10_000;
/** Lines hashed without a pause: a few milliseconds of work. */
const turnBytes = 128 * 1024;

/** Leaves of a piece, and the size of its lines. */
export interface ReadLeaves {
  readonly leaves: readonly Leaf[];
  /** Of the lines with their line feeds. */
  readonly bytes: number;
}

/** @returns The leaves of a range within a segment. @throws HubError INTERNAL when a position is missing or a line is no entry. */
export async function readLeaves(sql: postgres.Sql, { from, to }: PositionRange): Promise<ReadLeaves> {
  const leaves: Leaf[] = [];
  let bytes = 0;
  for await (const piece of copyLines(sql, { from, to })) {
    let turnEnds = turnBytes;
    for (let start = 0; start < piece.length;) {
      const end = piece.indexOf(lineFeed, start);
      leaves.push(leafAt(piece.subarray(start, end), from + leaves.length));
      start = end + 1;
      if (start < turnEnds) continue;
      turnEnds = start + turnBytes;
      await nextTurn();
    }
    bytes += piece.length;
  }
  if (leaves.length !== to - from + 1) throw broken(from + leaves.length);
  return { leaves, bytes };
}

/** @returns The root over a piece's leaves, made branch by branch. */
export async function keyRootInPieces(leaves: readonly Leaf[]): Promise<Buffer> {
  const branches = Map.groupBy(leaves, ({ place }) => place[0] ?? 0);
  const roots: { readonly place: Buffer; readonly hash: Buffer }[] = [];
  for (const [byte, below] of branches) {
    roots.push({ place: Buffer.of(byte), hash: keyTreeRoot(subtreesOf(below)) });
    await nextTurn();
  }
  return keyTreeRoot(roots);
}

/** @returns The feed as one side of a comparison. Roots of segments are remembered: they never change. */
export function feedLeaves(sql: postgres.Sql): LeafSource {
  const roots = new Map<number, Buffer>();
  const leavesOf = async (piece: PositionRange): Promise<readonly Leaf[]> => (await readLeaves(sql, piece)).leaves;
  return {
    leavesOf,
    async keyRootOf(piece) {
      const number = piece.to / segmentPositions;
      const isSegment = Number.isInteger(number) && piece.to - piece.from + 1 === segmentPositions;
      if (isSegment && !roots.has(number)) await readRoots(sql, roots);
      return (isSegment ? roots.get(number) : undefined) ?? keyRootInPieces(await leavesOf(piece));
    },
  };
}

async function readRoots(sql: postgres.Sql, roots: Map<number, Buffer>): Promise<void> {
  const rows = await sql<{ number: string; root: Buffer }[]>`
    select number, key_root as root from segment where stream = ${hubStream} and number > ${roots.size} order by number`;
  for (const { number, root } of rows) roots.set(Number(number), root);
}

function leafAt(line: Buffer, position: number): Leaf {
  const entry = readEntry(line, hubStream);
  if (entry?.position !== position) throw broken(position);
  return leafOf(entry, lineHash(line));
}

function broken(position: number): HubError {
  return new HubError('INTERNAL', {
    zh: `枢纽数据流的位置 ${position} 缺失或不是规范的变更。`,
    en: `Position ${position} of the hub’s feed is missing, or no canonical entry.`,
  });
}
