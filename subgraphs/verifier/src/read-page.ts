/**
 * Reads a stored page as entries, and tells every line that is none, or not one of this page.
 * @see schema/PROTOCOL.md «Proof»
 */
import { contentHolds, type Leaf, leafOf, lineHash, type PageLine, readEntry } from '@hub/schema';

import type { Fault, FaultSink } from './fault.ts';
import { type Line, readLines } from './read-lines.ts';
import { unpacked } from './stored-file.ts';

/** An entry of a page, and the bytes of its line. */
export interface ReadEntry {
  readonly leaf: Leaf;
  readonly bytes: NonNullable<Fault['bytes']>;
}

/** @returns The page's own entries in the order of their lines. */
export async function readPage(
  path: string,
  { file, statement: { stream, from, to } }: PageLine,
  onFault: FaultSink,
): Promise<readonly ReadEntry[]> {
  const entries: ReadEntry[] = [];
  const seen = new Set<number>();
  const name = `pages/${file}`;
  let reached = 0;
  const take = (line: Line): void => {
    const bytes = {
      from: line.from,
      to: line.from + Math.max(0, line.bytes.length - 1),
      ...(file.endsWith('.gz') ? { unpacked: true as const } : {}),
    };
    reached = bytes.to + 1;
    const entry = line.ended ? readEntry(line.bytes, stream) : undefined;
    if (entry === undefined) {
      onFault({ code: 'LINE_UNREADABLE', file: name, bytes });
      return;
    }
    const { position } = entry;
    const where = { file: name, positions: { from: position, to: position }, bytes };
    if (!contentHolds(entry)) onFault({ code: 'CONTENT_CHANGED', ...where });
    if (position < from || position > to) {
      onFault({ code: 'POSITION_OUTSIDE', ...where });
      return;
    }
    if (seen.has(position)) onFault({ code: 'POSITION_REPEATED', ...where });
    seen.add(position);
    entries.push({ leaf: leafOf(entry, lineHash(line.bytes)), bytes });
  };
  try {
    for await (const lines of readLines(unpacked(path))) for (const line of lines) take(line);
  } catch {
    // What the library says of broken data adds nothing to where it is.
    onFault({ code: 'UNPACK_FAILED', file: name, bytes: { from: reached, to: reached, unpacked: true } });
  }
  return entries;
}
