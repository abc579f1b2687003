/**
 * Lines of a stream of bytes. An answer that is cut off ends without a line feed, and is not taken for a whole one.
 * @see schema/PROTOCOL.md «Proof»: an entry is the line it is sent as
 */
import { HubError } from '@hub/schema';

/** A line that is longer is no entry. */
const maxLineBytes = 64 * 1024 * 1024;
const lineFeed = 0x0a;

/**
 * @returns The lines in turn, without their line feeds.
 * @throws HubError SYSTEM_FAILED when the last line has no end, or a line is longer than 64 MiB.
 */
export async function* splitLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let from = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
      const part = bytes.subarray(from, end);
      yield restBytes === 0 ? part : Buffer.concat([...rest, part]);
      rest = [];
      restBytes = 0;
      from = end + 1;
    }
    if (from === bytes.length) continue;
    rest.push(bytes.subarray(from));
    restBytes += bytes.length - from;
    if (restBytes > maxLineBytes) throw failed('枢纽的答复有一行超过 64 MiB', 'A line of the hub’s answer is longer than 64 MiB');
  }
  if (restBytes > 0) throw failed('枢纽的答复在一行中间断了', 'The hub’s answer ended in the middle of a line');
}

function failed(zh: string, en: string): HubError {
  return new HubError('SYSTEM_FAILED', { zh: `${zh}，将从已保存的位置续取。`, en: `${en}: pulling goes on from what is kept.` });
}
