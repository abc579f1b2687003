/**
 * Checks one stored page: its bytes, its lines, its root. Names every record that is not the one that was signed.
 * @see schema/PROTOCOL.md «Proof»
 */
import { join } from 'node:path';

import { hashOfLeaf, keyTreeRoot, type Leaf, markBytes, type PageLine, pieceHash, piecesOf, subtreesOf } from '@hub/schema';

import type { FaultSink } from './fault.ts';
import { type ReadEntry, readPage } from './read-page.ts';
import { spansOf } from './spans.ts';
import { checkBlocks, isFile } from './stored-file.ts';

/** What a page holds. */
export interface CheckedPage {
  readonly leaves: readonly Leaf[];
  /** What stands for the page in the root of a range. */
  readonly hash: Buffer;
}

/** @returns What the page holds; nothing when its file is not there. */
export async function checkPage(folder: string, page: PageLine, onFault: FaultSink): Promise<CheckedPage> {
  const { from, to, root } = page.statement;
  const [file, path, range] = [`pages/${page.file}`, join(folder, 'pages', page.file), { from, to }];
  if (!(await isFile(path))) {
    onFault({ code: 'FILE_MISSING', file, positions: range });
    return { leaves: [], hash: pieceHash(range, keyTreeRoot([])) };
  }
  await checkBlocks(path, page, onFault);
  const entries = await readPage(path, page, onFault);
  tellPositions(entries, page, onFault);
  const leaves = entries.map(({ leaf }) => leaf);
  const hash = pieceHash(range, keyTreeRoot(subtreesOf(leaves)));
  const holds = hash.toString('hex') === root && piecesOf(range).length === 1;
  if (!holds) onFault({ code: 'PAGE_ROOT', file, positions: range });
  tellMarks(entries, page, { holds, onFault });
  return { leaves, hash };
}

/** What is missing, and what stands where another belongs. */
function tellPositions(entries: readonly ReadEntry[], { file, statement: { from, to } }: PageLine, onFault: FaultSink): void {
  const there = new Set(entries.map(({ leaf }) => leaf.position));
  const missing: number[] = [];
  for (let position = from; position <= to; position++) if (!there.has(position)) missing.push(position);
  for (const positions of spansOf(missing)) onFault({ code: 'POSITION_MISSING', file: `pages/${file}`, positions });
  const isWhole = missing.length === 0 && entries.length === there.size;
  for (const [at, { leaf, bytes }] of entries.entries()) {
    // With something missing or too many, places say nothing: then a line is misplaced that does not come after the one before.
    const wrong = isWhole ? leaf.position !== from + at : leaf.position < (entries[at - 1]?.leaf.position ?? 0);
    if (wrong) onFault({ code: 'POSITION_ORDER', file: `pages/${file}`, positions: { from: leaf.position, to: leaf.position }, bytes });
  }
}

/** While the root holds the records are right, and a mark that differs is itself wrong. */
function tellMarks(
  entries: readonly ReadEntry[],
  { file, marks, statement: { from, to } }: PageLine,
  { holds, onFault }: { readonly holds: boolean; readonly onFault: FaultSink },
): void {
  const known = Buffer.from(marks, 'base64');
  const differing: number[] = [];
  for (const { leaf, bytes } of entries) {
    const at = (leaf.position - from) * markBytes;
    if (
      hashOfLeaf(leaf)
        .subarray(0, markBytes)
        .equals(known.subarray(at, at + markBytes))
    )
      continue;
    if (holds) differing.push(leaf.position);
    else onFault({ code: 'ENTRY_CHANGED', file: `pages/${file}`, positions: { from: leaf.position, to: leaf.position }, bytes });
  }
  for (const positions of spansOf(differing)) onFault({ code: 'MARKS_CHANGED', file: `pages/${file}`, positions });
  if (known.length !== (to - from + 1) * markBytes) onFault({ code: 'MARKS_CHANGED', file: `pages/${file}`, positions: { from, to } });
}
