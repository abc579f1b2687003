/**
 * What travels with one operation from the door to the last fetch: who asks, until when, and what the answer lacks.
 * @see design/partitioning.md «Rules» 2
 */
import type { Grants } from './caller.ts';

/** A remark on a complete record that could not be made certain. */
export interface Remark {
  readonly code: string;
  readonly message: string;
  readonly messageEn: string;
  readonly path: readonly (string | number)[];
}

/** One operation under way. */
export interface Call {
  readonly grants: Grants;
  /** What it is called where usage is counted. */
  readonly client: string;
  /** When the whole operation must be over, ms on the monotonic clock (`performance.now()`). */
  readonly deadlineMs: number;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
  /** Filled on the way, read when the answer is written. */
  readonly notes: Notes;
}

export interface Notes {
  /** Set when a system was missing: such an answer is not cached. */
  incomplete: boolean;
  /** Set when the operation may run. */
  admitted: boolean;
  readonly remarks: Remark[];
  /** The whole answer, when it is without errors and remarks: several calls may have the same. */
  written?: Buffer;
  /** Of an answer in parts: resolves when the last is over, to whether anything failed after the first. */
  rest?: Promise<boolean>;
}

/** @returns Milliseconds that are left, 0 when the time is over. */
export function remainingMs(call: Call): number {
  return Math.max(0, call.deadlineMs - performance.now());
}
