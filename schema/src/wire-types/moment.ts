/**
 * A point in local time as a sender wrote it, read from the forms that people and machines really use.
 * @see standard/identifiers.md 11; standard/exchange.md 10
 */
import { isCalendarDate } from './calendar.ts';

/** What a text says: a day, perhaps a time, perhaps a zone. Without a zone the time is UTC+8. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Minutes since midnight; undefined when no time was written. */
  readonly minute: number | undefined;
  readonly second: number;
  /** Six digits; further ones are cut. */
  readonly micros: string;
  /** Minutes east of UTC; undefined when no zone was written. */
  readonly zoneMinutes: number | undefined;
}

const longest = 40;
const compact = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/;
/** As instants are written here: nearly all that is read, and read several times. The groups are those of `spaced`. */
const canonical = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})\.(\d{6})(Z)$/;
const spaced =
  /^(\d{4})(?:[-/.]|\s*年\s*)(\d{1,2})(?:[-/.]|\s*月\s*)(\d{1,2})(?:\s*日)?(?:(?:T|\s+|(?<=日))(\d{1,2})[:时](\d{2})(?:[:分](\d{2})(?:[.,](\d{1,9}))?)?[分秒]?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * @param text - Digits (`20170428`, `201704281030`, `20170428103000`), `2017-4-28`, `2017/04/28 10:30`, `2017年4月28日`,
 * or ISO 8601 with or without a zone.
 * @returns What it says; undefined when it is no date, or an impossible one (30 February, year before 1900, hour 24).
 */
export function readMoment(text: string): Moment | undefined {
  const match = text.length > longest ? null : (compact.exec(text) ?? canonical.exec(text) ?? spaced.exec(text));
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour, minute = '0', second = '0', fraction = '', zone] = match;
  const zoneMinutes = readZone(zone);
  const moment = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    minute: hour === undefined ? undefined : Number(hour) * 60 + Number(minute),
    second: Number(second),
    micros: fraction.slice(0, 6).padEnd(6, '0'),
    zoneMinutes,
  };
  const possible =
    moment.year >= 1900 &&
    isCalendarDate(moment.year, moment.month, moment.day) &&
    Number(hour ?? 0) < 24 &&
    Number(minute) < 60 &&
    moment.second < 60 &&
    Math.abs(zoneMinutes ?? 0) <= 14 * 60;
  return possible ? moment : undefined;
}

function readZone(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (zone.toUpperCase() === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}
