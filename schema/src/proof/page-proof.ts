/**
 * Makes the manifest's line of a page: reads its lines as entries, states and signs their range, and marks what is stored.
 * @see design/feed.md 9 and 10; schema/PROTOCOL.md «Proof»
 */
import { HubError } from '../errors.ts';
import { type Leaf, leafOf, lineHash, readEntry } from './entry-leaf.ts';
import { blockBytes, blockMark, marksOf, type PageLine } from './folder-manifest.ts';
import { keyTreeRoot } from './key-tree.ts';
import { subtreesOf } from './leaf-source.ts';
import { pieceHash, piecesOf } from './pieces.ts';
import { signStatement } from './range-statement.ts';
import type { StatementSigner } from './statement-signer.ts';

/** A page of a stream, as it is to be stored. */
export interface StoredPage {
  readonly stream: string;
  readonly epoch: string;
  /** Canonical instant of the statement. */
  readonly at: string;
  /** Lines of one segment, positions one after the other, without line feeds. */
  readonly lines: readonly Buffer[];
  readonly file: string;
  /** The file as it is stored: the lines, each with a line feed, packed or not. */
  readonly stored: Buffer;
}

/**
 * @returns The leaves of lines that follow each other.
 * @throws HubError INTERNAL when a line is no entry, or its position is not the next.
 */
export function leavesOfLines(lines: readonly Buffer[], stream: string): readonly Leaf[] {
  let next: number | undefined;
  return lines.map((line, at) => {
    const entry = readEntry(line, stream);
    if (entry === undefined || (next !== undefined && entry.position !== next)) {
      throw new HubError('INTERNAL', {
        zh: `${stream} 的第 ${at + 1} 行不是规范的变更，或位置不连续。`,
        en: `Line ${at + 1} of ${stream} is no canonical entry, or its position is not the next.`,
      });
    }
    next = entry.position + 1;
    return leafOf(entry, lineHash(line));
  });
}

/**
 * @returns The manifest's line of the page.
 * @throws HubError INTERNAL when the lines are not entries of one segment in their order.
 */
export async function pageLine(page: StoredPage, signer: StatementSigner): Promise<PageLine> {
  const { stream, epoch, at, lines, file, stored } = page;
  const leaves = leavesOfLines(lines, stream);
  const range = { from: leaves[0]?.position ?? 0, to: leaves.at(-1)?.position ?? 0 };
  if (range.from === 0 || piecesOf(range).length > 1) {
    throw new HubError('INTERNAL', { zh: `一页须在一段之内：${file}。`, en: `A page lies within one segment: ${file}.` });
  }
  const root = pieceHash(range, keyTreeRoot(subtreesOf(leaves))).toString('hex');
  const signed = await signStatement({ stream, epoch, ...range, count: leaves.length, root, at }, signer);
  return { kind: 'page', ...signed, file, bytes: stored.length, blocks: blocksOf(stored), marks: marksOf(leaves) };
}

function blocksOf(stored: Buffer): string {
  let blocks = '';
  for (let at = 0; at < stored.length; at += blockBytes) blocks += blockMark(stored.subarray(at, at + blockBytes));
  return blocks;
}
