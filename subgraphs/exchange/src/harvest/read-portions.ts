/**
 * Reads lines in portions: as many as are written at once, or as much as may be held of one source.
 * @see take-segment.ts
 */
import type { Readable } from 'node:stream';

import { excerpt, SourceFault } from './source-faults.ts';

/** Lines that came one after the other, without their line feeds. */
export interface Portion {
  readonly lines: readonly string[];
  readonly bytes: number;
}

const mostLines = 1_000;
const mostBytes = 4 * 1024 * 1024;
const lineFeed = 0x0a;

/** @throws SourceFault NOT_UTF8; TOO_LARGE for a line above `maxBytes`; CUT_OFF for a last line without its end. */
export async function* readPortions(body: Readable, { maxBytes }: { readonly maxBytes: number }): AsyncGenerator<Portion> {
  const pieces: AsyncIterable<Buffer> = body;
  let lines: string[] = [];
  let [bytes, open] = [0, 0];
  let begun: Buffer[] = [];
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, from)) {
      const line = Buffer.concat([...begun, piece.subarray(from, end)]);
      [begun, open, from] = [[], 0, end + 1];
      lines.push(textOf(line));
      bytes += line.length + 1;
      if (lines.length < mostLines && bytes < mostBytes) continue;
      yield { lines, bytes };
      [lines, bytes] = [[], 0];
    }
    if (from < piece.length) begun.push(piece.subarray(from));
    open += piece.length - from;
    if (open > maxBytes) throw new SourceFault('TOO_LARGE', `a line of more than ${maxBytes} bytes`);
  }
  if (lines.length > 0) yield { lines, bytes };
  if (open > 0) throw new SourceFault('CUT_OFF', `a line without its end, ${open} bytes`);
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(line: Buffer): string {
  try {
    return decoder.decode(line);
  } catch (cause) {
    throw new SourceFault('NOT_UTF8', excerpt(line.subarray(0, 1000).toString()), { cause });
  }
}
