/**
 * How many columns a text takes on a terminal: Chinese characters and full-width signs take two.
 * @see Unicode Standard Annex 11
 */
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
const none = /[\p{Mn}\p{Me}\p{Cf}\u200B]/u;

/** @returns Columns. */
export function widthOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += none.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** @returns The text filled up with blanks to a width. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}
