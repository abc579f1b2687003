/**
 * Time as an argument: what decides by time takes a clock, so that a test can stand at the very millisecond of an opening.
 */

/** Tells the time. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  nowMs(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { nowMs: () => Date.now() };

/** The clock's time as a canonical instant, `2026-08-14T02:12:00.000000Z`. */
export function instantOf(clock: Clock): string {
  return new Date(clock.nowMs()).toISOString().replace('Z', '000Z');
}

/** A clock that moves only when told to. */
export interface ManualClock extends Clock {
  set(ms: number): void;
  advance(ms: number): void;
}

/** A clock for tests, standing at `startMs`. */
export function manualClock(startMs: number): ManualClock {
  let ms = startMs;
  return {
    nowMs: () => ms,
    set: (next) => void (ms = next),
    advance: (by) => void (ms += by),
  };
}
