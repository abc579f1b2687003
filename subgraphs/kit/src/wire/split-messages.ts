/**
 * Cuts XML text into messages without parsing them, so that one broken message costs only itself. A message begins at
 * `<DES` and ends at the first `</DES>` outside CDATA and comments. Pieces end after a line feed or a `>`, so none of the
 * marks looked for here is ever cut in two.
 * @see standard/exchange.md 3 «Fujian message»
 */
import { OutsideText } from './outside-text.ts';
import type { TextPiece } from './text-piece.ts';
import type { Reason, WireProblem } from './wire-entry.ts';

/** One message, not yet parsed. */
export interface MessageText {
  /** Line of the file, from 1, on which `<DES` stands. */
  readonly line: number;
  readonly text: string;
}

const start = '<DES';
const marks = {
  OUTSIDE: /<DES(?=[\s>])|<!--/g,
  INSIDE: /<DES(?=[\s>])|<\/DES[ \t]*>|<!--|<!\[CDATA\[/g,
  /** After a broken message, and in one that is searched again, CDATA and comments cannot be trusted. */
  SKIPPING: /<DES(?=[\s>])|<\/DES[ \t]*>/g,
} as const;
const ends: ReadonlyMap<string, string> = new Map([
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
]);

type Found = MessageText | WireProblem;

/** Takes pieces in order and gives messages and problems in order. */
export class MessageSplitter {
  readonly #maxCharacters: number;
  readonly #outside = new OutsideText();
  #state: keyof typeof marks = 'OUTSIDE';
  /** End of the comment or CDATA at hand; '' outside of them. */
  #awaited = '';
  /** The message at hand, or what is left of a broken one. */
  #pieces: TextPiece[] = [];
  #characters = 0;
  #line = 1;
  #found: Found[] = [];

  /** @param maxCharacters - A message with more is a problem, not a message. */
  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  /** @returns What became certain with this piece. */
  push(piece: TextPiece): readonly Found[] {
    this.#scan(piece, false);
    return this.#take();
  }

  /** @returns What is certain now that nothing follows. */
  end(): readonly Found[] {
    if (this.#state === 'INSIDE') this.#breakOff(unclosed);
    // What the broken message had swallowed may end in an unclosed one again: searched already, so told and left.
    if (this.#state === 'INSIDE') this.#tell(this.#pieces[0]?.line ?? this.#line, unclosed);
    this.#found.push(...this.#outside.end(this.#line));
    return this.#take();
  }

  #take(): readonly Found[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #scan(piece: TextPiece, again: boolean): void {
    this.#line = piece.line;
    const { text } = piece;
    if (piece.fault !== undefined && this.#state !== 'INSIDE' && !text.includes(start)) this.#tell(piece.line, piece.fault);
    let place = 0;
    while (place < text.length) {
      const from = place;
      if (this.#awaited !== '') {
        const end = text.indexOf(this.#awaited, from);
        place = end < 0 ? text.length : end + this.#awaited.length;
        if (end >= 0) this.#awaited = '';
        this.#keep(piece, from, place);
        continue;
      }
      const mark = nextMark(again && this.#state === 'INSIDE' ? marks.SKIPPING : marks[this.#state], text, from);
      place = mark === undefined ? text.length : mark.index + (mark[0] === start ? 0 : mark[0].length);
      this.#keep(piece, from, place);
      if (mark?.[0] === start) {
        this.#begin();
        place += start.length;
        this.#keep(piece, place - start.length, place);
      } else if (mark !== undefined) {
        this.#awaited = ends.get(mark[0]) ?? '';
        if (this.#awaited === '') this.#finish();
      }
    }
    if (text === '') this.#keep(piece, 0, 0);
    if (!again && this.#isTooLarge()) this.#breakOff(tooLarge(this.#maxCharacters));
  }

  #keep(piece: TextPiece, from: number, to: number): void {
    const text = piece.text.slice(from, to);
    if (this.#state === 'OUTSIDE') this.#outside.add(piece.line, text);
    if (this.#state !== 'INSIDE') return;
    this.#pieces.push({ ...piece, text });
    this.#characters += text.length;
  }

  #begin(): void {
    if (this.#state === 'INSIDE') this.#tell(this.#pieces[0]?.line ?? this.#line, unclosed);
    if (this.#state === 'OUTSIDE') this.#found.push(...this.#outside.judge());
    this.#state = 'INSIDE';
    this.#pieces = [];
    this.#characters = 0;
  }

  #finish(): void {
    const faulty = this.#pieces.find(({ fault }) => fault !== undefined);
    if (this.#state === 'INSIDE') {
      if (this.#isTooLarge()) this.#tell(this.#pieces[0]?.line ?? this.#line, tooLarge(this.#maxCharacters));
      else if (faulty?.fault !== undefined) this.#tell(faulty.line, faulty.fault);
      else this.#found.push({ line: this.#pieces[0]?.line ?? this.#line, text: this.#pieces.map(({ text }) => text).join('') });
    }
    this.#state = 'OUTSIDE';
    this.#pieces = [];
    this.#characters = 0;
  }

  /** Gives the message up and searches what it had swallowed for others, this time past CDATA and comments. */
  #breakOff(reason: Reason): void {
    const [first, ...rest] = this.#pieces;
    this.#tell(first?.line ?? this.#line, reason);
    this.#state = 'SKIPPING';
    this.#awaited = '';
    this.#pieces = [];
    this.#characters = 0;
    for (const piece of rest) this.#scan(piece, true);
    // Never searched a third time: a hostile file costs twice its length.
    if (!this.#isTooLarge()) return;
    this.#tell(this.#pieces[0]?.line ?? this.#line, tooLarge(this.#maxCharacters));
    this.#state = 'SKIPPING';
    this.#pieces = [];
    this.#characters = 0;
  }

  #isTooLarge(): boolean {
    return this.#state === 'INSIDE' && this.#characters > this.#maxCharacters;
  }

  #tell(line: number, problem: Reason): void {
    this.#found.push({ line, problem });
  }
}

function nextMark(pattern: RegExp, text: string, from: number): RegExpExecArray | undefined {
  pattern.lastIndex = from;
  return pattern.exec(text) ?? undefined;
}

const unclosed: Reason = {
  zh: '报文没有 </DES>，或 CDATA、注释没有结束。',
  en: 'The message has no </DES>, or a CDATA section or comment in it does not end.',
};

function tooLarge(maxCharacters: number): Reason {
  return { zh: `报文超过 ${maxCharacters} 个字符。`, en: `The message has more than ${maxCharacters} characters.` };
}
