/**
 * Whether a system is as busy as usual: its changes of an hour against the same hour of the weeks before, and an alarm when it
 * is silent where it never was.
 * @see issue «expected volume for the hour and an alarm for silence»; standard/exchange.md 2
 */

/** Changes of a system by the hour: hours since 1970. */
export type HourlyChanges = ReadonlyMap<number, number>;

/** How a system stands. */
export interface Pulse {
  /** Last hour with a change; undefined: none yet. */
  readonly lastHour: number | undefined;
  readonly changes: number;
  /** Mean of this hour in up to four weeks before; undefined with less than a week behind it. */
  readonly expected: number | undefined;
  /** What the silence since the last hour ought to have brought; undefined as above. */
  readonly missed: number | undefined;
  readonly silent: boolean;
}

const hourMs = 3_600_000;
const weekHours = 168;
/** Weeks that are looked back on. */
export const weeksBack = 4;
/** Where ten are expected, nobody is silent by chance: once in twenty thousand times (Poisson). */
const alarmAt = 10;

/**
 * @param hours - Hours with changes; none older than five weeks is needed.
 * @param firstHour - First hour the system was ever heard in.
 */
export function pulseOf(hours: HourlyChanges, firstHour: number, nowMs: number): Pulse {
  const now = Math.floor(nowMs / hourMs);
  const lastHour = hours.size === 0 ? undefined : Math.max(...hours.keys());
  const expected = usualOf(hours, firstHour, now);
  const missed = lastHour === undefined || expected === undefined ? undefined : missedSince(hours, { firstHour, lastHour, nowMs });
  return { lastHour, changes: hours.get(now) ?? 0, expected, missed, silent: (missed ?? 0) >= alarmAt };
}

/** @returns Mean of the same hour of the weeks before, those in which the system was known. */
function usualOf(hours: HourlyChanges, firstHour: number, hour: number): number | undefined {
  const before = Array.from({ length: weeksBack }, (_, week) => hour - (week + 1) * weekHours).filter((past) => past >= firstHour);
  if (before.length === 0) return undefined;
  return before.reduce((sum, past) => sum + (hours.get(past) ?? 0), 0) / before.length;
}

interface Since {
  readonly firstHour: number;
  readonly lastHour: number;
  readonly nowMs: number;
}

/** The hour that runs counts by how much of it is over; a silence of weeks is not made longer than one. */
function missedSince(hours: HourlyChanges, { firstHour, lastHour, nowMs }: Since): number {
  const now = Math.floor(nowMs / hourMs);
  let missed = 0;
  for (let hour = Math.max(lastHour + 1, now - weekHours); hour <= now; hour += 1) {
    const part = hour === now ? (nowMs % hourMs) / hourMs : 1;
    missed += part * (usualOf(hours, firstHour, hour) ?? 0);
  }
  return missed;
}
