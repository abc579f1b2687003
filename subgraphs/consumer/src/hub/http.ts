/**
 * One request to the hub and its answer: signed, with a deadline that every byte puts off, followed nowhere else.
 * @see schema/PROTOCOL.md 10
 */
import { HubError } from '@hub/schema';

import type { RequestSigner } from './sign-request.ts';

/** How to reach the hub. */
export interface HubOptions {
  /** Origin of the exchange, `https://hub.example:4002`. */
  readonly url: string;
  readonly signer: RequestSigner;
  readonly signal?: AbortSignal;
  /** Milliseconds without a byte after which an answer is given up; default 30,000. */
  readonly silenceMs?: number;
}

/** An answer that is a success. */
export interface Answer {
  readonly response: Response;
  /** Gives the answer more time. */
  readonly heard: () => void;
  readonly over: () => void;
}

/**
 * Asks by GET, or by POST where there is a body.
 * @throws HubError SYSTEMS_UNAVAILABLE; SYSTEM_FAILED when the hub refuses.
 */
export async function ask(path: string, { url, signer, signal, silenceMs = 30_000 }: HubOptions, body?: string): Promise<Answer> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), silenceMs);
  const answerSignal = signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]);
  try {
    const response = await fetch(new URL(path, url), {
      ...(body === undefined ? {} : { method: 'POST', body }),
      headers: {
        'hub-signature': signer.sign(body ?? ''),
        'accept-encoding': 'gzip',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      redirect: 'error',
      signal: answerSignal,
    });
    const answer = { response, heard: () => void timer.refresh(), over: () => clearTimeout(timer) };
    if (response.ok) return answer;
    const told = parsed((await collected(bytesOf(answer, { url, signer }))).toString());
    throw refusedBy(response.status, told);
  } catch (cause) {
    clearTimeout(timer);
    if (cause instanceof HubError) throw cause;
    throw unreachable(url, cause);
  }
}

/** @returns The bytes of an answer, unpacked. @throws HubError SYSTEMS_UNAVAILABLE when it breaks off. */
export async function* bytesOf({ response, heard, over }: Answer, { url }: HubOptions): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of response.body ?? []) {
      heard();
      yield piece;
    }
  } catch (cause) {
    throw unreachable(url, cause);
  } finally {
    over();
  }
}

/** Answers that are not lines of the feed are small. */
const maxAnswerBytes = 16 * 1024 * 1024;

/** @returns All bytes of an answer that is no lines of the feed. @throws HubError SYSTEM_FAILED past 16 MiB. */
export async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const held: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > maxAnswerBytes) throw unreadable();
    held.push(piece);
  }
  return Buffer.concat(held);
}

/** @returns The value; undefined when the text is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, as from something that stands between: told as an answer that cannot be read.
    return undefined;
  }
}

/** @returns A member of what is narrowed nowhere yet. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

/** @returns What a refusal says. */
export function refusedBy(status: number, told: unknown): HubError {
  const errors = memberOf(told, 'errors');
  const all: readonly unknown[] = Array.isArray(errors) ? errors : [];
  const [first] = all;
  const message = memberOf(first, 'message');
  const said = typeof message === 'string' ? message : `HTTP ${status}`;
  return new HubError('SYSTEM_FAILED', { zh: `枢纽拒绝作答：${said}`, en: `The hub refuses to answer: ${said}` });
}

/** @returns That an answer is not what it must be. */
export function unreadable(): HubError {
  return new HubError('SYSTEM_FAILED', { zh: '枢纽的答复读不懂。', en: 'An answer of the hub cannot be read.' });
}

function unreachable(url: string, cause: unknown): HubError {
  const said = cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : String(cause);
  return new HubError('SYSTEMS_UNAVAILABLE', {
    zh: `连不上枢纽 ${new URL(url).origin}，或答复中断：${said}。`,
    en: `The hub at ${new URL(url).origin} cannot be reached, or its answer broke off: ${said}.`,
    cause,
  });
}
