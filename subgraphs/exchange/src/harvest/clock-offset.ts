/**
 * How far a source's clock is from ours, from the `Date` of its answers: the median of the last ones, so that one slow answer
 * says nothing. Timeliness is corrected by it.
 * @see design/feed.md 9
 */

/** Signatures hold for a minute: a clock that is further off is told of, and explains why they are refused. */
export const clockSlackMs = 60_000;

const kept = 15;
/** `Date` has whole seconds: half of one is missing on average. */
const roundedMs = 500;

/** The clock of one source. */
export interface SourceClock {
  /** @param header - `Date` of an answer. @param nowMs - When its head came. */
  heard(header: string | undefined, nowMs: number): void;
  /** Source's time less ours, ms; undefined before the first answer that tells a time. */
  readonly offsetMs: number | undefined;
}

/** A clock of which nothing is known. */
export function sourceClock(): SourceClock {
  const offsets: number[] = [];
  return {
    heard(header, nowMs) {
      const told = Date.parse(header ?? '');
      if (!Number.isFinite(told)) return;
      offsets.push(told + roundedMs - nowMs);
      if (offsets.length > kept) offsets.shift();
    },
    get offsetMs() {
      return offsets.toSorted((one, other) => one - other)[Math.floor(offsets.length / 2)];
    },
  };
}
