/**
 * What may stand between messages: one wrapper element, comments, processing instructions, blanks. All else is told, or a
 * misspelt `<DES>` would lose its record in silence.
 * @see standard/exchange.md 3
 */
import type { TextPiece } from './text-piece.ts';
import type { Reason, WireProblem } from './wire-entry.ts';

/** Comments and processing instructions; neither looks past its like, so that unclosed ones cost no more than their length. */
const passed = /<!--(?:(?!<!--)[\s\S])*?-->|<\?(?:(?!<\?)[\s\S])*?\?>/g;
const tag = /<(\/?)([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?>/g;
/** More than this between two messages is no wrapper; it is judged and forgotten. */
const maxCharacters = 1_000_000;

/** Collects the text of one gap after another. */
export class OutsideText {
  #pieces: Pick<TextPiece, 'line' | 'text'>[] = [];
  #characters = 0;
  #wrapper: string | undefined;
  #wrapperEnded = false;
  #overflowed = false;

  /** @param line - Of the text's beginning. */
  add(line: number, text: string): void {
    if (this.#characters > maxCharacters) this.#overflowed = true;
    if (this.#overflowed || text === '') return;
    this.#pieces.push({ line, text });
    this.#characters += text.length;
  }

  /** @returns What does not belong into the gap that ends here, at most one problem. */
  judge(): readonly WireProblem[] {
    const [first] = this.#pieces;
    const text = this.#pieces.map((piece) => piece.text).join('');
    const rest = this.#withoutWrapper(text.replace(passed, blank));
    const place = rest.search(/\S/);
    const problems =
      first === undefined || place < 0
        ? []
        : [{ line: first.line + rest.slice(0, place).split('\n').length - 1, problem: reasonFor(rest.slice(place, place + 20)) }];
    this.#pieces = [];
    this.#characters = 0;
    this.#overflowed = false;
    return problems;
  }

  /** @returns What is wrong with the file's end, besides what the last gap holds. */
  end(line: number): readonly WireProblem[] {
    const problems = this.judge();
    if (this.#wrapper === undefined || this.#wrapperEnded) return problems;
    const problem = {
      zh: `文件在 </${this.#wrapper}> 之前结束，可能不完整。`,
      en: `The file ends before </${this.#wrapper}>: it may be cut off.`,
    };
    return [...problems, { line, problem, ofFile: true }];
  }

  #withoutWrapper(text: string): string {
    return text.replace(tag, (whole: string, slash: string, name: string) => {
      if (slash === '' && this.#wrapper === undefined) {
        this.#wrapper = name;
        return blank(whole);
      }
      if (slash === '/' && name === this.#wrapper && !this.#wrapperEnded) {
        this.#wrapperEnded = true;
        return blank(whole);
      }
      return whole;
    });
  }
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

function reasonFor(text: string): Reason {
  return text.startsWith('<!DOCTYPE')
    ? { zh: '不接受 DOCTYPE，已忽略。', en: 'A DOCTYPE is not accepted; ignored.' }
    : { zh: '<DES> 报文之外有其他内容，已跳过。', en: 'There is something outside the <DES> messages: skipped.' };
}
