/**
 * What an answer's status and headers say, before anything of it is believed: text to be read as a page, or a fault.
 * @see schema/PROTOCOL.md 13; README «采集 Harvest»
 */
import { isErrorCode } from '@hub/schema';

import type { Answer } from './ask-system.ts';
import { type ReadBounds, type ReadOptions, readBody } from './read-body.ts';
import { readRetryAfter } from './retry-delay.ts';
import { excerpt, SourceFault, type SourceFaultCode } from './source-faults.ts';

/** The text of an answer; what it held in memory is given back by disposing of it. */
export interface AnswerText extends Disposable {
  readonly text: string;
}

/** What an answer must be. */
export type AnswerKind = 'page' | 'segment';

const byStatus: Readonly<Record<number, SourceFaultCode>> = {
  401: 'KEY_REFUSED',
  403: 'KEY_REFUSED',
  404: 'NO_FEED',
  405: 'NO_FEED',
  408: 'TIMEOUT',
  410: 'CURSOR_LOST',
  429: 'BUSY',
  501: 'NO_FEED',
  503: 'BUSY',
  504: 'TIMEOUT',
};
/** Codes of a system's own that say more than the status. */
const byCode: Readonly<Record<string, SourceFaultCode>> = { CURSOR_INVALID: 'CURSOR_LOST', EPOCH_CHANGED: 'EPOCH_CHANGED' };
const types = {
  page: /^(?:application\/(?:[\w.-]+\+)?json|text\/json)\b/,
  segment: /^application\/(?:x-ndjson|jsonl|x-jsonlines|json-seq)\b/,
} as const;
/** Room for what a refusal says. */
const refusalBytes = 64 * 1024;

/** @throws SourceFault for everything but an answer of the kind that was asked for. */
export async function expectAnswer(answer: Answer, kind: AnswerKind, options: ReadOptions): Promise<void> {
  if (answer.status !== 200) throw await refusal(answer, options);
  const type = answer.header('content-type')?.toLowerCase() ?? '';
  if (types[kind].test(type) || (kind === 'page' && type === '')) return;
  throw new SourceFault('NOT_JSON', `content-type: ${excerpt(type)}; ${await beginning(answer, options)}`);
}

/** @throws SourceFault NOT_UTF8, and as `readBody` does. */
export async function readText(answer: Answer, options: ReadOptions): Promise<AnswerText> {
  const read = await readBody(answer.body, encodingOf(answer), options);
  try {
    const text = decoder.decode(read.bytes);
    return { text, [Symbol.dispose]: () => read[Symbol.dispose]() };
  } catch (cause) {
    read[Symbol.dispose]();
    throw new SourceFault('NOT_UTF8', excerpt(read.bytes.subarray(0, 1000).toString()), { cause });
  }
}

/** How the body is packed. */
export function encodingOf(answer: Answer): string {
  return answer.header('content-encoding')?.trim().toLowerCase() ?? '';
}

/** A byte-order mark is kept: JSON has none. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

async function refusal(answer: Answer, options: ReadOptions): Promise<SourceFault> {
  const { status } = answer;
  const said = await beginning(answer, options);
  const named = /"code"\s*:\s*"([A-Z_]{1,40})"/.exec(said)?.[1] ?? '';
  const other: SourceFaultCode = status >= 500 ? 'SERVER_ERROR' : status >= 300 && status < 400 ? 'REDIRECTED' : 'QUESTION_REFUSED';
  const code = (isErrorCode(named) ? byCode[named] : undefined) ?? byStatus[status] ?? other;
  const retryAfterMs = readRetryAfter(answer.header('retry-after'), Date.now());
  return new SourceFault(code, `HTTP ${status}; ${said}`, { retryAfterMs });
}

/** @returns What a body begins with; nothing when it cannot be read. */
async function beginning(answer: Answer, { bounds, signal }: ReadOptions): Promise<string> {
  try {
    const small: ReadBounds = { ...bounds, maxBytes: refusalBytes, freeBytes: refusalBytes };
    using read = await readBody(answer.body, encodingOf(answer), { bounds: small, signal });
    return excerpt(read.bytes.toString());
  } catch (cause) {
    signal.throwIfAborted();
    answer.body.destroy();
    return cause instanceof SourceFault ? cause.code : '';
  }
}
