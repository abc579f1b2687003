/**
 * Fetches one page of a proof folder: checks its lines, holds them against the statement that the hub signs, and stores both.
 * @see schema/PROTOCOL.md «Proof»
 */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import {
  blockBytes,
  blockMark,
  hashOfLeaf,
  HubError,
  keyTreeRoot,
  type Leaf,
  manifestFolders,
  markBytes,
  type PageLine,
  pieceHash,
  type PositionRange,
  segmentPositions,
  subtreesOf,
} from '@hub/schema';

import { checkedBatches } from '../check/check-lines.ts';
import { assertSigned, type Belief } from '../check/check-statements.ts';
import type { FeedState } from '../hub/hub-client.ts';
import type { FolderOptions } from './write-folder.ts';

/** The page that is wanted. */
export interface WantedPage extends FolderOptions {
  readonly piece: PositionRange;
  readonly feed: FeedState;
  readonly belief: Belief;
  readonly file: string;
}

/** @returns Its line of the manifest. @throws HubError SYSTEM_FAILED when the lines are not those that were signed. */
export async function fetchPage(folder: string, { hub, linesOf, piece, feed, belief, file }: WantedPage): Promise<PageLine> {
  const closed = piece.to - piece.from + 1 === segmentPositions && piece.to / segmentPositions <= feed.segments;
  const lines = linesOf?.(piece) ?? hub.lines(piece, { closed, epoch: feed.epoch });
  const [leaves, texts]: [Leaf[], string[]] = [[], []];
  for await (const batch of checkedBatches(lines, { stream: 'hub', after: piece.from - 1, size: 1_000 })) {
    for (const { leaf, line } of batch) {
      leaves.push(leaf);
      texts.push(line, '\n');
    }
  }
  const { kind: _, ...said } = await hub.state(piece);
  assertSigned(said, belief);
  const { from, to, root } = said.statement;
  const holds = pieceHash(piece, keyTreeRoot(subtreesOf(leaves))).toString('hex') === root;
  if (!holds || from !== piece.from || to !== piece.to || leaves.length !== to - from + 1) throw otherRoot(piece);
  const stored = gzipSync(texts.join(''), { level: 6 });
  const path = join(folder, manifestFolders.pages, file);
  await writeFile(`${path}.new`, stored, { flush: true });
  await rename(`${path}.new`, path);
  const marks = Buffer.concat(leaves.map((leaf) => hashOfLeaf(leaf).subarray(0, markBytes))).toString('base64');
  return { kind: 'page', ...said, file, bytes: stored.length, blocks: blocksOf(stored), marks };
}

function blocksOf(stored: Buffer): string {
  let blocks = '';
  for (let at = 0; at < stored.length; at += blockBytes) blocks += blockMark(stored.subarray(at, at + blockBytes));
  return blocks;
}

function otherRoot({ from, to }: PositionRange): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: `位置 ${from}–${to} 的内容与枢纽签名的根不符，未写入。`,
    en: `Positions ${from}–${to} are not what the hub signed: nothing was written.`,
  });
}
