/**
 * Reads the body of an answer within bounds: bytes that come, bytes once unpacked, time. Little is read at once for everybody;
 * for more a turn is taken, so that however many sources send how much, memory has a bound. A source that drips ends by the
 * deadline, which runs while its body is read and not while it waits for its turn.
 * @see README «采集 Harvest»
 */
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { type SourceFaultCode, SourceFault } from './source-faults.ts';
import type { Turn, Turns } from './turns.ts';

/** What bounds the reading. */
export interface ReadBounds {
  /** Once unpacked. */
  readonly maxBytes: number;
  /** What everybody may hold without a turn. */
  readonly freeBytes: number;
  /** Time for the body, ms. */
  readonly deadlineMs: number;
  /** For bodies that are larger. */
  readonly large: Turns;
}

/** An answer's body, read. */
export interface ReadBody extends Disposable {
  readonly bytes: Buffer;
}

/** @throws SourceFault TOO_LARGE, TIMEOUT, CUT_OFF, ENCODING_UNKNOWN. */
export async function readBody(body: Readable, encoding: string, { bounds, signal }: ReadOptions): Promise<ReadBody> {
  const { maxBytes, freeBytes, large } = bounds;
  using watch = watchTime(body, bounds.deadlineMs);
  const pieces: Buffer[] = [];
  let bytes = 0;
  let turn: Turn | undefined;
  try {
    const unpacked: AsyncIterable<Buffer> = unpack(body, encoding);
    for await (const piece of unpacked) {
      bytes += piece.length;
      if (bytes > maxBytes) throw new SourceFault('TOO_LARGE', `> ${maxBytes} bytes`);
      if (bytes > freeBytes && turn === undefined) {
        watch.stop();
        turn = await large.take(signal);
        watch.start();
      }
      pieces.push(piece);
    }
    const held = turn;
    return { bytes: Buffer.concat(pieces), [Symbol.dispose]: () => held?.[Symbol.dispose]() };
  } catch (cause) {
    turn?.[Symbol.dispose]();
    body.destroy();
    signal.throwIfAborted();
    throw bodyFault(cause, { late: watch.late, bytes });
  }
}

/** How it is read. */
export interface ReadOptions {
  readonly bounds: ReadBounds;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
}

/**
 * The body as it was before it was packed.
 * @throws SourceFault ENCODING_UNKNOWN.
 */
export function unpack(body: Readable, encoding: string): Readable {
  if (encoding === '' || encoding === 'identity') return body;
  // Errors of either end the reading of both.
  if (encoding === 'gzip' || encoding === 'x-gzip') return pipeline(body, createGunzip(), () => {});
  throw new SourceFault('ENCODING_UNKNOWN', `content-encoding: ${encoding.slice(0, 50)}`);
}

/** @returns The fault that ended the reading of a body. */
export function bodyFault(cause: unknown, { late, bytes }: { readonly late: boolean; readonly bytes: number }): SourceFault {
  if (cause instanceof SourceFault) return cause;
  if (late) return new SourceFault('TIMEOUT', `${bytes} bytes came in time`, { cause });
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // Z_BUF_ERROR: the packed body ends too early; the other errors of the unpacker: it is damaged.
  const damaged: SourceFaultCode = code.startsWith('Z_') && code !== 'Z_BUF_ERROR' ? 'ENCODING_UNKNOWN' : 'CUT_OFF';
  return new SourceFault(damaged, `${bytes} bytes came${code === '' ? '' : `, ${code}`}`, { cause });
}

interface Watch extends Disposable {
  readonly late: boolean;
  start(): void;
  stop(): void;
}

/** Ends a body whose time is over; the time stands still between `stop` and `start`. */
export function watchTime(body: Readable, deadlineMs: number): Watch {
  let leftMs = deadlineMs;
  let [late, sinceMs] = [false, 0];
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    late = true;
    body.destroy(new Error('too late'));
  };
  const stop = (): void => {
    clearTimeout(timer);
    leftMs -= performance.now() - sinceMs;
  };
  const start = (): void => {
    sinceMs = performance.now();
    timer = setTimeout(end, Math.max(1, leftMs));
  };
  start();
  return {
    get late() {
      return late;
    },
    start,
    stop,
    [Symbol.dispose]: stop,
  };
}
