/**
 * Puts one question to the feed of one system, signed, over a guarded connection, and reads the head of the answer. Redirects
 * are not followed. What is wrong is told as a fault of the source.
 * @see schema/PROTOCOL.md 10, 11 and 13
 */
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';

import { type Reach, type Signer, signatureHeader, systemUrlFaults } from '@hub/kit/process';
import { Agent, type Dispatcher, request } from 'undici';

import { SourceFault } from './source-faults.ts';

/** The way to systems. */
export interface Line {
  readonly dispatcher: Dispatcher;
  readonly signer: Signer;
  readonly reach: Reach;
}

/** One question. */
export interface Question {
  readonly system: string;
  /** The system's own; its feed stands beside it. */
  readonly url: string;
  readonly asked: object;
  /** Time until the head of the answer, ms. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** The head of an answer; its body is still to be read, or to be destroyed. */
export interface Answer {
  readonly status: number;
  /** In lower case; the first of those sent twice. */
  readonly header: (name: string) => string | undefined;
  readonly body: Readable;
}

/**
 * @returns What keeps connections to all systems; every name is looked up and judged at every connect. Not bounded by address: a
 * system is asked one question at a time, and many may stand behind one address, where waiting questions would hold up the others.
 */
export function openConnections(lookup: LookupFunction): Agent {
  return new Agent({ connect: { lookup, timeout: 10_000 }, maxHeaderSize: 16 * 1024, keepAliveTimeout: 10_000 });
}

/** @returns Where the feed of a system is: beside its graph. */
function feedUrl(url: string): string {
  return new URL('feed', url).href;
}

/** @throws SourceFault ADDRESS_REFUSED, TIMEOUT, UNREACHABLE, CUT_OFF; the signal's reason. */
export async function askSystem(
  { dispatcher, signer, reach }: Line,
  { system, url, asked, deadlineMs, signal }: Question,
): Promise<Answer> {
  const [wrong] = systemUrlFaults(url, reach);
  if (wrong !== undefined) throw new SourceFault('ADDRESS_REFUSED', wrong.en);
  const body = JSON.stringify(asked);
  // Until the head alone: reading the body has a time of its own.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), deadlineMs);
  try {
    const answer = await request(feedUrl(url), {
      dispatcher,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, application/x-ndjson',
        'accept-encoding': 'gzip',
        [signatureHeader]: signer.sign(system, body),
      },
      body,
      signal: AbortSignal.any([signal, late.signal]),
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    // Whoever leaves a body unread destroys it.
    answer.body.on('error', () => {});
    const header = (name: string): string | undefined => {
      const value = answer.headers[name];
      return typeof value === 'string' ? value : value?.[0];
    };
    return { status: answer.statusCode, header, body: answer.body };
  } catch (cause) {
    signal.throwIfAborted();
    if (late.signal.aborted) throw new SourceFault('TIMEOUT', `no answer within ${deadlineMs} ms`, { cause });
    throw connectionFault(cause);
  } finally {
    clearTimeout(timer);
  }
}

function connectionFault(cause: unknown): SourceFault {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const words = cause instanceof Error ? cause.message : String(cause);
  if (code === 'HUB_ADDRESS_FORBIDDEN') return new SourceFault('ADDRESS_REFUSED', words, { cause });
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return new SourceFault('TOO_LARGE', 'headers', { cause });
  if (code.startsWith('HPE_')) return new SourceFault('CUT_OFF', `no HTTP: ${code}`, { cause });
  return new SourceFault('UNREACHABLE', words.slice(0, 200), { cause });
}
