/**
 * What an arrival is to what stands: new, a repeat, too old, or about nothing. Pure.
 * @see design/feed.md 4
 */
import { type Arrival, type Outcome, sentAt } from './arrival.ts';
import type { Head } from './heads.ts';

/**
 * @returns The outcome; undefined when it depends on whether the same was said before (`decideAmongVersions`).
 */
export function decideByHead({ key, op, hash }: Arrival, head: Head | undefined): Outcome | undefined {
  if (head === undefined || head.version === 0) {
    return op === 'withdraw' ? { key, version: 0, state: 'UNKNOWN' } : { key, version: 1, state: 'ACCEPTED' };
  }
  const repeats = op === 'withdraw' ? head.hash === null : head.hash === hash;
  return repeats ? { key, version: head.current, state: 'UNCHANGED' } : undefined;
}

/** @param known - The version that said the same at the same time; undefined when there is none. */
export function decideAmongVersions(arrival: Arrival, head: Head, known: number | undefined): Outcome {
  const { key } = arrival;
  if (known !== undefined) return { key, version: known, state: 'UNCHANGED' };
  const time = sentAt(arrival);
  const older = time !== null && head.data_timestamp !== null && time < head.data_timestamp;
  return { key, version: head.version + 1, state: older ? 'SUPERSEDED' : 'ACCEPTED' };
}
