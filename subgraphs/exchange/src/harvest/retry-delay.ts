/**
 * How long a source that failed is left alone: twice as long after each failure, between a second and five minutes, a random
 * part of it, so that systems that failed together do not come back together.
 * @see README «采集 Harvest»
 */
import { type Again } from './source-faults.ts';

const firstMs = 1_000;
const longestMs = 5 * 60_000;
/** A system without a feed is looked at again now and then. */
const rarelyMs = 15 * 60_000;
/** A source may ask for more patience than ours, and not for any amount of it. */
const mostPatienceMs = 15 * 60_000;

/** What it depends on. */
export interface Failed {
  /** Failures in a row, this one included. */
  readonly failures: number;
  readonly again: Again;
  /** What the source asked for. */
  readonly retryAfterMs?: number | undefined;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** @returns Time to wait, ms. A question that is asked at once too often waits as any other. */
export function retryDelay({ failures, again, retryAfterMs = 0, random }: Failed): number {
  if (again === 'AT_ONCE' && failures === 1) return 0;
  const fullMs = again === 'RARELY' ? rarelyMs : Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 20));
  // Half of it is certain: a source that is down is not asked all the time.
  return Math.max(Math.round(fullMs * (0.5 + random() / 2)), Math.min(retryAfterMs, mostPatienceMs));
}

/**
 * @param retryAt - When it was to be asked again, as it was noted before this start; null: nothing was.
 * @returns Time for which it is still to be left alone, ms: never more than it may ask for, whatever was noted.
 */
export function delayLeft(retryAt: string | null | undefined, nowMs: number): number {
  const ms = Date.parse(retryAt ?? '') - nowMs;
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), mostPatienceMs) : 0;
}

/** @param header - `Retry-After`, seconds or a date. @returns ms from now; undefined when it says nothing. @see RFC 9110 10.2.3 */
export function readRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const ms = header.endsWith(' GMT') ? Date.parse(header) - nowMs : Number.NaN;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
