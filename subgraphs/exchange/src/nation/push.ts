/**
 * Pushes the hub's feed to a national endpoint that takes the standard's XML: one message at a time, in the hub's order, again and
 * again until there is an answer that can be understood. Delivery is at least once; its effect is once, for a message is the same
 * whenever it is sent.
 *
 * wait → note SENT → post → note CONFIRMED | REFUSED, or SENT again after a while.
 * @see standard/exchange.md 3 and 8; design/feed.md 8
 */
import type postgres from 'postgres';

import { startLeading } from '../store/start-leading.ts';
import { nextDue, noteAttempt, noteSending } from './deliveries.ts';
import { nationalMessage } from './national-message.ts';
import { type NationalAnswer, readAnswer } from './read-answer.ts';

/** Where a push is between two steps. */
export type PushStep = 'noted' | 'posted' | 'settled';

/** How to push. */
export interface PushOptions {
  /** Sees the exchange's tables. */
  readonly sql: postgres.Sql;
  /** The national endpoint. */
  readonly url: string;
  /** Headers by which the nation knows the province, made for each message. */
  readonly headersFor?: (message: string) => Readonly<Record<string, string>>;
  /** How long an answer may take, ms; default 30,000. */
  readonly deadlineMs?: number;
  /** Milliseconds before the next attempt; doubles from 1 s to 5 min by default. */
  readonly backoffMs?: (attempts: number) => number;
  /** Attempts after which an entry that is answered unreadably lets others pass; default 5. */
  readonly asideAfter?: number;
  /** Awaited after each step. */
  readonly onStep?: (step: PushStep) => Promise<void> | void;
}

/** How to push for good. */
export interface StartedPush extends Omit<PushOptions, 'sql'> {
  /** `postgresql://…` that sees the exchange's tables. */
  readonly databaseUrl: string;
  /** Told of faults of ours, of an outage once. */
  readonly onFault: (cause: unknown) => void;
}

const usualDeadlineMs = 30_000;
const lookMs = 1_000;
const longestMs = 300_000;
const mostAside = 10;
const maxAnswerBytes = 64 * 1024;

/** @returns Whether something was sent; else how long nothing is due, ms, undefined while everything is settled. */
export async function pushOnce(
  options: PushOptions,
  signal?: AbortSignal,
): Promise<{ readonly sent: boolean; readonly waitMs: number | undefined }> {
  const { sql, onStep, backoffMs = usualBackoffMs, asideAfter = 5 } = options;
  const next = await nextDue(sql, { asideAfter, mostAside });
  if (!('entry' in next)) return { sent: false, waitMs: next.waitMs };
  const { position, attempts } = next.entry;
  await noteSending(sql, position);
  await onStep?.('noted');
  const answer = await post(nationalMessage(next.entry), options, signal);
  await onStep?.('posted');
  const retryMs = backoffMs(attempts + 1);
  if ('state' in answer && answer.state !== 'UNREADABLE') {
    const words = answer.state === 'REFUSED' ? answer.words : null;
    await noteAttempt(sql, { position, state: answer.state, words, answered: true, retryMs });
  } else await noteAttempt(sql, { position, state: 'SENT', words: answer.words, answered: 'state' in answer, retryMs });
  await onStep?.('settled');
  return { sent: true, waitMs: undefined };
}

/** Starts to push, in one process at a time; disposing ends it: a message on its way is given up, and sent again later. */
export function startPush({ url, ...options }: StartedPush): AsyncDisposable {
  return startLeading({
    url: options.databaseUrl,
    lock: 2,
    onFault: options.onFault,
    async work(sql, signal) {
      const { sent, waitMs = lookMs } = await pushOnce({ ...options, url, sql }, signal);
      return sent ? 0 : Math.min(waitMs, lookMs);
    },
  });
}

/** What the nation said; without a state: nothing came back. */
async function post(
  message: string,
  { url, headersFor, deadlineMs = usualDeadlineMs }: PushOptions,
  signal: AbortSignal | undefined,
): Promise<NationalAnswer | { readonly words: string }> {
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: message,
      headers: { 'content-type': 'application/xml; charset=utf-8', ...headersFor?.(message) },
      redirect: 'error',
      signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
    });
    return readAnswer(response.status, await beginningOf(response));
  } catch (cause) {
    const said = cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : String(cause);
    return { words: `没有回音 no answer: ${said}`.slice(0, 500) };
  }
}

async function beginningOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > maxAnswerBytes) break;
  }
  return Buffer.concat(pieces).subarray(0, maxAnswerBytes).toString();
}

function usualBackoffMs(attempts: number): number {
  return Math.min(1_000 * 2 ** (attempts - 1), longestMs) * (0.75 + Math.random() / 2);
}
