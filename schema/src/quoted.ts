/**
 * What a caller sent, as an error may quote it: enough to find it again, in one line, of bounded length.
 * @see design/graph.md «Errors»
 */

const usualCharacters = 80;
const mostTexts = 5;

/** @returns The beginning of the text, without control, format and lone characters. */
export function quoted(text: string, mostCharacters: number = usualCharacters): string {
  const shown = text
    .slice(0, mostCharacters)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return text.length > mostCharacters ? `${shown}…` : shown;
}

/** @returns The first five of them; how many they are where they are more. */
export function quotedList(texts: readonly string[], separator: string): string {
  const shown = texts
    .slice(0, mostTexts)
    .map((text) => quoted(text))
    .join(separator);
  return texts.length > mostTexts ? `${shown}… (${texts.length})` : shown;
}
