/**
 * Lines of a file as bytes, with where each begins. Holds one piece of the file and one line at a time.
 */

/** A line without its line feed. */
export interface Line {
  readonly bytes: Buffer;
  /** Byte of the (unpacked) file at which it begins. */
  readonly from: number;
  /** False for what stands after the last line feed. */
  readonly ended: boolean;
}

/** No entry is as long as this; what is longer is given up as one line that has not ended. */
const maxLineBytes = 64 * 1024 * 1024;

/** @returns The lines of each piece together. */
export async function* readLines(pieces: AsyncIterable<Buffer>): AsyncGenerator<readonly Line[]> {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let from = 0;
  for await (const piece of pieces) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, start)) {
      const bytes = kept.length === 0 ? piece.subarray(start, end) : Buffer.concat([...kept, piece.subarray(start, end)]);
      lines.push({ bytes, from, ended: true });
      from += bytes.length + 1;
      [kept, keptBytes, start] = [[], 0, end + 1];
    }
    const rest = piece.subarray(start);
    if (rest.length > 0) kept.push(rest);
    keptBytes += rest.length;
    if (lines.length > 0) yield lines;
    if (keptBytes > maxLineBytes) break;
  }
  if (keptBytes > 0) yield [{ bytes: Buffer.concat(kept), from, ended: false }];
}
