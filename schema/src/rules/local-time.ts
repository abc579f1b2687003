/**
 * Dates as they compare: digits of local time, a day or as far as the sender wrote. Two are compared as far as both go, so a day is
 * neither before nor after a moment of that day.
 * @see standard/identifiers.md 11
 */
import { canonicalInstant, printInstant } from '../wire-types/instant.ts';
import { readMoment } from '../wire-types/moment.ts';
import { type WireFields, wireValue } from '../wire-record.ts';
import type { NamedField, RuleRow } from './rule-row.ts';
import { fault } from './rule-row.ts';

const compact = /^(?:\d{8}|\d{12}|\d{14})$/;

/** @returns The digits `yyyyMMdd`, `yyyyMMddHHmm` or `yyyyMMddHHmmss` in UTC+8; undefined when the field has no date. */
export function localTime(fields: WireFields, code: string): string | undefined {
  const text = wireValue(fields, code);
  if (text === undefined) return undefined;
  const moment = readMoment(text);
  if (moment === undefined) return undefined;
  if (compact.test(text)) return text;
  const instant = canonicalInstant(text);
  if (instant === undefined) return undefined;
  const digits = printInstant(instant).slice(0, 19).replace(/\D/g, '');
  return moment.minute === undefined ? digits.slice(0, 8) : digits;
}

/** Whether the first lies before the second, as far as both are known. */
export function isBefore(first: string, second: string): boolean {
  const known = Math.min(first.length, second.length);
  return first.slice(0, known) < second.slice(0, known);
}

/** @returns Days from the first day to the second, negative when it lies before. */
export function daysBetween(first: string, second: string): number {
  return dayNumber(second) - dayNumber(first);
}

/** Days since 1 March of year 0 of the Gregorian calendar: March first, so that leap days come last in a year. */
function dayNumber(digits: string): number {
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8))];
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = (month + 9) % 12;
  return (
    365 * marchYear +
    Math.floor(marchYear / 4) -
    Math.floor(marchYear / 100) +
    Math.floor(marchYear / 400) +
    Math.floor((153 * marchMonth + 2) / 5) +
    day
  );
}

/** @returns The field; undefined, noted as a fault, when it is no date. */
export function dateField(row: RuleRow, name: string, found: NamedField | undefined): NamedField | undefined {
  if (found === undefined || found.wire.type.startsWith('yyyy')) return found;
  return fault(row, name, { zh: '不是日期或时刻的字段', en: 'is no date or time' });
}
