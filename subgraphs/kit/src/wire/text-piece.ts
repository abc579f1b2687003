/**
 * Decodes a file piece by piece. A piece ends after a line feed or, in very long lines, after a `>`: neither byte is ever
 * part of another character in UTF-8 or GB18030, so no character is cut and a damaged one spoils its own piece only.
 * @see standard/exchange.md 3; GB 18030-2022
 */
import { type Encoding, hasUtf8Mark } from './encoding.ts';
import type { Reason } from './wire-entry.ts';

/** Some text of one line. */
export interface TextPiece {
  /** Line of the file, from 1. */
  readonly line: number;
  /** Ends with a line feed when it is the last of its line and not of the file. */
  readonly text: string;
  /** Why the text is not what was sent; undefined when it is. */
  readonly fault: Reason | undefined;
}

/** How to cut. */
export interface PieceOptions {
  readonly encoding: Encoding;
  /** A piece that would be longer is dropped, with a fault. */
  readonly maxBytes: number;
}

const lineFeed = 0x0a;
const tagEnd = 0x3e;
const longLineBytes = 65_536;

/** @returns The text of the bytes, in order and, but for faults, complete. */
export async function* textPieces(bytes: AsyncIterable<Buffer>, options: PieceOptions): AsyncGenerator<TextPiece> {
  const decode = decoderOf(options.encoding);
  let line = 1;
  let dropping = false;
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of withoutMark(bytes)) {
    const searched = pending.length;
    pending = searched === 0 ? chunk : Buffer.concat([pending, chunk]);
    let start = 0;
    for (let end = pending.indexOf(lineFeed, searched); end >= 0; end = pending.indexOf(lineFeed, start)) {
      yield dropping ? { line, text: '\n', fault: undefined } : decode(pending.subarray(start, end + 1), line);
      dropping = false;
      line++;
      start = end + 1;
    }
    if (pending.length - start > longLineBytes) {
      const end = pending.lastIndexOf(tagEnd) + 1;
      if (end > start) {
        if (!dropping) yield decode(pending.subarray(start, end), line);
        dropping = false;
        start = end;
      }
    }
    if (pending.length - start > options.maxBytes) {
      if (!dropping) yield { line, text: '', fault: tooLong(options.maxBytes) };
      dropping = true;
      start = pending.length;
    }
    pending = pending.subarray(start);
  }
  if (pending.length > 0 && !dropping) yield decode(pending, line);
}

/** The byte order mark is no part of the text. */
async function* withoutMark(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (head === undefined) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < 3) continue;
    yield hasUtf8Mark(head) ? head.subarray(3) : head;
    head = undefined;
  }
  if (head !== undefined) yield head;
}

function decoderOf(encoding: Encoding): (bytes: Buffer, line: number) => TextPiece {
  const strict = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const name = encoding.toUpperCase();
  const fault = {
    zh: `含有不属于 ${name} 的字节，请检查文件编码。`,
    en: `There are bytes that are not ${name}: check the file's encoding.`,
  };
  return (bytes, line) => {
    try {
      return { line, text: strict.decode(bytes), fault: undefined };
    } catch {
      // Tags are ASCII and survive: what is damaged is known, and reading can go on after it.
      return { line, text: new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes), fault };
    }
  };
}

function tooLong(maxBytes: number): Reason {
  return { zh: `超过 ${maxBytes} 字节仍未换行，已跳过。`, en: `More than ${maxBytes} bytes without a line end: skipped.` };
}
