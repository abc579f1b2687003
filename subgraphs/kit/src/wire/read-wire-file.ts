/**
 * Reads records of the standard's wire form from a file of any length: XML messages or JSON lines, UTF-8 or GB18030. What
 * cannot be read is told with its line, and reading goes on with the next message.
 * @see standard/exchange.md 3
 */
import type { FileHandle } from 'node:fs/promises';

import { readJsonLine } from './read-json-line.ts';
import { readXmlMessage } from './read-xml-message.ts';
import { type MessageText, MessageSplitter } from './split-messages.ts';
import { type TextPiece, textPieces } from './text-piece.ts';
import type { Reason, WireEntry, WireProblem } from './wire-entry.ts';
import { inspectWireFile, noMessage, openWireFile } from './wire-source.ts';

/** How to read. */
export interface ReadOptions {
  /** Greatest length of one message, in characters. Default 16,777,216. */
  readonly maxMessageCharacters?: number;
  /** Told the bytes read so far, now and then. */
  readonly onProgress?: (bytes: number) => void;
}

const defaultMaxCharacters = 16 * 1024 * 1024;

/**
 * @param path - `.xml`, `.jsonl`, `.ndjson` or `.json` (one record a line); other names are told by their first character.
 * @returns Records and problems in the order of the file; of a file that holds neither, one problem that says so.
 * @throws HubError FOLDER_UNREADABLE when the file cannot be opened or is no file.
 */
export async function* readWireFile(path: string, options: ReadOptions = {}): AsyncGenerator<WireEntry> {
  const handle = await openWireFile(path);
  try {
    const source = await inspectWireFile(path, handle);
    if ('problem' in source) {
      yield { line: 1, problem: source.problem, ofFile: true };
      return;
    }
    const { form, encoding } = source;
    const maxCharacters = options.maxMessageCharacters ?? defaultMaxCharacters;
    // A character of GB18030 or UTF-8 has four bytes at most.
    const pieces = textPieces(bytesOf(handle, options.onProgress), { encoding, maxBytes: maxCharacters * 4 });
    let empty = true;
    for await (const entry of form === 'xml' ? xmlEntries(pieces, maxCharacters) : jsonEntries(pieces, maxCharacters)) {
      empty = false;
      yield entry;
    }
    if (empty) yield { line: 1, problem: noMessage, ofFile: true };
  } finally {
    await handle.close();
  }
}

async function* xmlEntries(pieces: AsyncIterable<TextPiece>, maxCharacters: number): AsyncGenerator<WireEntry> {
  const splitter = new MessageSplitter(maxCharacters);
  for await (const piece of pieces) {
    for (const found of splitter.push(piece)) yield xmlEntry(found);
  }
  for (const found of splitter.end()) yield xmlEntry(found);
}

function xmlEntry(found: MessageText | WireProblem): WireEntry {
  if ('problem' in found) return found;
  const read = readXmlMessage(found.text);
  const before = found.line - 1;
  if ('problem' in read) return { line: before + read.line, problem: read.problem };
  return {
    line: found.line,
    record: read.record,
    fieldLines: Object.fromEntries(Array.from(read.fieldLines, ([field, line]) => [field, before + line])),
    message: { format: 'xml', body: found.text },
  };
}

async function* jsonEntries(pieces: AsyncIterable<TextPiece>, maxCharacters: number): AsyncGenerator<WireEntry> {
  for await (const { line, text, fault } of wholeLines(pieces, maxCharacters)) {
    if (fault !== undefined) {
      yield { line, problem: fault };
    } else if (text.trim() !== '') {
      const body = text.trim();
      const read = readJsonLine(body);
      yield 'problem' in read ? { line, problem: read.problem } : { line, record: read, fieldLines: {}, message: { format: 'json', body } };
    }
  }
}

/** Long lines come in pieces; the first fault is the line's. */
async function* wholeLines(pieces: AsyncIterable<TextPiece>, maxCharacters: number): AsyncGenerator<TextPiece> {
  let line: TextPiece | undefined;
  let texts: string[] = [];
  let characters = 0;
  for await (const piece of pieces) {
    if (line !== undefined && line.line !== piece.line) {
      yield { ...line, text: texts.join('') };
      line = undefined;
    }
    if (line === undefined) [texts, characters] = [[], 0];
    characters += piece.text.length;
    const tooLong = characters > maxCharacters ? lineTooLong(maxCharacters) : undefined;
    if (tooLong === undefined) texts.push(piece.text);
    line = { ...piece, fault: line?.fault ?? piece.fault ?? tooLong };
  }
  if (line !== undefined) yield { ...line, text: texts.join('') };
}

async function* bytesOf(handle: FileHandle, onProgress: ReadOptions['onProgress']): AsyncGenerator<Buffer> {
  const chunkBytes = 262_144;
  let position = 0;
  for (;;) {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
    onProgress?.(position);
  }
}

function lineTooLong(maxCharacters: number): Reason {
  return { zh: `该行超过 ${maxCharacters} 个字符。`, en: `The line has more than ${maxCharacters} characters.` };
}
