/**
 * Times as the wire writes them: the wall clock of UTC+8 without a zone. Kept as seconds, so that adding days is addition.
 * @see standard/identifiers.md 11
 */

/** Seconds of the wall clock since 1970-01-01 00:00 on that same clock. */
export type WallClock = number;

export const dayS = 86_400;
const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** @param date - `yyyy-MM-dd`. @returns Midnight at its beginning. @throws RangeError when it is not a date. */
export function startOfDay(date: string): WallClock {
  const [, year, month, day] = shape.exec(date) ?? [];
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000;
  if (Number.isNaN(time) || isoDate(time) !== date) throw new RangeError(`Not a date: ${date}`);
  return time;
}

/** @returns The same day at `HH:MM`. */
export function timeOfDay(time: WallClock, clock: string): WallClock {
  const [hours, minutes] = clock.split(':').map(Number);
  return Math.floor(time / dayS) * dayS + (hours ?? 0) * 3600 + (minutes ?? 0) * 60;
}

/** @returns The time moved to the next Monday when it falls on a weekend. */
export function onWorkday(time: WallClock): WallClock {
  // 1970-01-01 was a Thursday.
  const weekday = (Math.floor(time / dayS) + 3) % 7;
  return weekday < 5 ? time : time + (7 - weekday) * dayS;
}

/** @returns The time moved to the Friday before when it falls on a weekend. */
export function onWorkdayBefore(time: WallClock): WallClock {
  const weekday = (Math.floor(time / dayS) + 3) % 7;
  return weekday < 5 ? time : time - (weekday - 4) * dayS;
}

/** @returns `yyyyMMddHHmmss`. */
export function stamp(time: WallClock): string {
  const text = iso(time);
  return `${text.slice(0, 4)}${text.slice(5, 7)}${text.slice(8, 10)}${text.slice(11, 13)}${text.slice(14, 16)}${text.slice(17, 19)}`;
}

/** @returns `yyyyMMdd`. */
export function dateStamp(time: WallClock): string {
  return stamp(time).slice(0, 8);
}

/** @returns `yyyy年M月d日`, for running text. */
export function spokenDate(time: WallClock): string {
  const [year, month, day] = isoDate(time).split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

function isoDate(time: WallClock): string {
  return iso(time).slice(0, 10);
}

function iso(time: WallClock): string {
  return new Date(time * 1000).toISOString();
}
