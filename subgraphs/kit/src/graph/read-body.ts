/**
 * The body of a request, as far as it is fit to be read: a caller that says no length may send without end.
 * @see design/architecture.md «Layout»
 */
import type { IncomingMessage } from 'node:http';

/** @returns The bytes; undefined as soon as they are more than allowed. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return undefined;
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  // The refusal still has to travel over the same socket.
  const body: AsyncIterable<Uint8Array> = request.iterator({ destroyOnReturn: false });
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > maxBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
