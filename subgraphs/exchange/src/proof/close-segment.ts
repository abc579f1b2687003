/**
 * Closes what is full: a segment of 10,000 positions gets its roots, once, and with them a signed statement about itself and one
 * about everything up to its end.
 * @see design/feed.md 7, 9 and 10
 */
import {
  GrowingRoot,
  manifestText,
  type PositionRange,
  pieceHash,
  type RangeStatement,
  segmentPositions,
  signStatement,
} from '@hub/schema';

import { hubStream, readFeedState } from '../feed/feed-state.ts';
import { keyRootInPieces, readLeaves } from './feed-leaves.ts';
import { keepStatement } from './keep-statement.ts';
import { databaseInstant, type Stating } from './state-range.ts';

/** @returns Whether a segment was closed; false when none is full. */
export async function closeNextSegment({ sql, signer }: Omit<Stating, 'leaves'>): Promise<boolean> {
  const { epoch, head, segments } = await readFeedState(sql);
  const number = segments + 1;
  if (head < number * segmentPositions) return false;
  const range = { from: segments * segmentPositions + 1, to: number * segmentPositions };
  const { leaves, bytes } = await readLeaves(sql, range);
  const keyRoot = await keyRootInPieces(leaves);
  const root = pieceHash(range, keyRoot);
  const growing = new GrowingRoot();
  for (const kept of await sql<{ root: Buffer }[]>`select root from segment where stream = ${hubStream} order by number`) {
    growing.append(kept.root);
  }
  growing.append(root);
  const at = await databaseInstant(sql);
  const lineOf = async (of: PositionRange, hash: Buffer): Promise<string> => {
    const count = of.to - of.from + 1;
    const statement: RangeStatement = { stream: hubStream, epoch, from: of.from, to: of.to, count, root: hash.toString('hex'), at };
    return manifestText({ kind: 'range', ...(await signStatement(statement, signer)) });
  };
  const whole = { from: 1, to: range.to };
  const lines = { segment: await lineOf(range, root), whole: await lineOf(whole, growing.root) };
  await sql.begin(async (tx) => {
    const made = await tx`insert into segment (stream, number, key_root, root, bytes)
      values (${hubStream}, ${number}, ${keyRoot}, ${root}, ${bytes}) on conflict (stream, number) do nothing`;
    // Another was faster: what it stated stands.
    if (made.count === 0) return;
    if (number > 1) await keepStatement(tx, { kind: 'SEGMENT', epoch, range, line: lines.segment });
    await keepStatement(tx, { kind: 'WHOLE', epoch, range: whole, line: lines.whole });
  });
  return true;
}
