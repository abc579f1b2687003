/**
 * The characters that XML 1.0 can carry. The wire form must hold every record that is kept.
 * @see XML 1.0 section 2.2
 */

const forbidden = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Whether every character of a text may stand in an XML document. */
export function isXmlText(text: string): boolean {
  return !forbidden.test(text);
}
