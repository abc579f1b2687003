/**
 * Rows as lines of a terminal, in columns that stand one below the other.
 */
import { padded, widthOf } from './width.ts';

const gap = '  ';

/** @param rows - The first is the head. @returns A line for each row; nothing is cut off, and no line ends in blanks. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [place, cell] of row.entries()) widths[place] = Math.max(widths[place] ?? 0, widthOf(plain(cell)));
  return rows.map((row) =>
    row
      .map((cell, place) => padded(plain(cell), widths[place] ?? 0))
      .join(gap)
      .trimEnd(),
  );
}

/** What came from elsewhere cannot move the cursor or break a line. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, ' ');
}
