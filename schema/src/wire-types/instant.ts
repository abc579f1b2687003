/**
 * Instants as text to the microsecond: `YYYY-MM-DDTHH:MM:SS.ffffffZ` in UTC inside, `+08:00` outside. Canonical instants
 * sort as bytes, in JavaScript as in PostgreSQL.
 * @see design/graph.md «Types»; standard/identifiers.md 11
 */
import { neighbourDay } from './calendar.ts';
import { type Moment, readMoment } from './moment.ts';

const chinaMinutes = 8 * 60;
const dayMinutes = 24 * 60;
/** From here on UTC+8 writes a year of five digits: no record can show it. A client may well name it as the end of all time. */
const beyondPrinting = '9999-12-31T16:00:00.000000Z';
const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const canonicalForm = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})\.(\d{6})Z$/;

/**
 * @param text - A wire value in any form that `readMoment` reads; without a zone it is UTC+8, without a time midnight.
 * @returns The canonical instant; undefined when the text is none.
 */
export function canonicalInstant(text: string): string | undefined {
  const instant = readInstant(text);
  return instant === undefined || instant >= beyondPrinting ? undefined : instant;
}

/**
 * @param text - A client's value: ISO 8601 with `T` and a zone, at most six decimals.
 * @returns The canonical instant; undefined when the text is none: clients are not guessed at.
 */
export function parseInstant(text: string): string | undefined {
  return isoInstant.test(text) ? readInstant(text) : undefined;
}

/** @returns A canonical instant as the graph prints it, `2026-08-14T10:12:00+08:00`, with a fraction unless it is zero. */
export function printInstant(canonical: string): string {
  const match = canonicalForm.exec(canonical);
  if (match === null) throw new RangeError('not a canonical instant');
  const [, year, month, day, hour, minute, second = '', micros = ''] = match;
  const shifted = shift([Number(year), Number(month), Number(day)], Number(hour) * 60 + Number(minute) + chinaMinutes);
  const fraction = micros === '000000' ? '' : `.${micros.replace(/0+$/, '')}`;
  return `${shifted}:${second}${fraction}+08:00`;
}

/**
 * @param text - A wire value in any form that `readMoment` reads.
 * @returns The calendar day in UTC+8, `YYYY-MM-DD`; undefined when the text is none.
 */
export function canonicalDate(text: string): string | undefined {
  const instant = canonicalInstant(text);
  return instant === undefined ? undefined : printInstant(instant).slice(0, 10);
}

/** @returns A client's `YYYY-MM-DD`, when the calendar has that day; else undefined. */
export function parseDate(text: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? canonicalDate(text) : undefined;
}

function readInstant(text: string): string | undefined {
  const moment = readMoment(text.trim());
  return moment === undefined ? undefined : printUtc(moment);
}

function printUtc(moment: Moment): string | undefined {
  const minutes = (moment.minute ?? 0) - (moment.zoneMinutes ?? chinaMinutes);
  const shifted = shift([moment.year, moment.month, moment.day], minutes);
  // The last hours of 9999 west of UTC: a year of five digits would no longer sort as text.
  if (shifted.length !== 16) return undefined;
  return `${shifted}:${two(moment.second)}.${moment.micros}Z`;
}

/** A day and minutes since its midnight (from one day before to two after) as `YYYY-MM-DDTHH:MM`. */
function shift(date: readonly [number, number, number], minutes: number): string {
  const ahead = minutes >= dayMinutes;
  const day = minutes < 0 ? neighbourDay(date, -1) : ahead ? neighbourDay(date, 1) : date;
  const rest = minutes < 0 ? minutes + dayMinutes : ahead ? minutes - dayMinutes : minutes;
  return `${day[0]}-${two(day[1])}-${two(day[2])}T${two(Math.floor(rest / 60))}:${two(rest % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
