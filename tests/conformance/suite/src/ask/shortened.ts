/**
 * Texts of any length as a report can hold them.
 */

const usual = 600;

/** @returns The text on one line, cut where it is longer than a reader would follow. */
export function shortened(text: string, most = usual): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most)} … (${line.length})`;
}
