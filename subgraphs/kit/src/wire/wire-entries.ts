/**
 * Records of the standard's wire form in a stream of bytes whose form and encoding are known: XML messages, or a JSON object a
 * line. What cannot be read is told with its line, and reading goes on with the next message.
 * @see standard/exchange.md 3
 */
import type { Encoding } from './encoding.ts';
import { readJsonLine } from './read-json-line.ts';
import { readXmlMessage } from './read-xml-message.ts';
import { type MessageText, MessageSplitter } from './split-messages.ts';
import { type TextPiece, textPieces } from './text-piece.ts';
import type { Reason, WireEntry, WireProblem } from './wire-entry.ts';

/** What is known of the bytes. */
interface WireBytes {
  readonly form: 'xml' | 'json';
  readonly encoding: Encoding;
  /** Greatest length of one message, in characters. */
  readonly maxCharacters: number;
}

/** @returns Records and problems in order. */
export function wireEntries(bytes: AsyncIterable<Buffer>, { form, encoding, maxCharacters }: WireBytes): AsyncGenerator<WireEntry> {
  // A character of GB18030 or UTF-8 has four bytes at most.
  const pieces = textPieces(bytes, { encoding, maxBytes: maxCharacters * 4 });
  return form === 'xml' ? xmlEntries(pieces, maxCharacters) : jsonEntries(pieces, maxCharacters);
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

function lineTooLong(maxCharacters: number): Reason {
  return { zh: `该行超过 ${maxCharacters} 个字符。`, en: `The line has more than ${maxCharacters} characters.` };
}
