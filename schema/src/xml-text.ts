/**
 * The characters that XML 1.0 can carry. The wire form must hold every record that is kept.
 * @see XML 1.0 section 2.2
 */

/** Half characters aside, which are looked for apart: one pattern for both takes several times as long. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const forbidden = /[\0-\x08\v\f\x0E-\x1F\uFFFE\uFFFF]/;

/** Whether every character of a text may stand in an XML document. */
export function isXmlText(text: string): boolean {
  return !forbidden.test(text) && text.isWellFormed();
}
