/**
 * Calendar arithmetic on numbers, so that no value ever passes through a Date and its time zone.
 * @see standard/identifiers.md 11
 */

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether the Gregorian calendar has this day. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
}

/** @returns The day before or after a valid one. */
export function neighbourDay(date: readonly [number, number, number], step: 1 | -1): readonly [number, number, number] {
  const [year, month, day] = date;
  if (isCalendarDate(year, month, day + step)) return [year, month, day + step];
  if (step === 1) return month === 12 ? [year + 1, 1, 1] : [year, month + 1, 1];
  return month === 1 ? [year - 1, 12, 31] : [year, month - 1, monthLength(year, month - 1)];
}

function monthLength(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (monthLengths[month - 1] ?? 0);
}
