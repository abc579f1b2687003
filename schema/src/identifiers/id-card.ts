/**
 * 公民身份号码: region, birth date, sequence and a check character. Persons' numbers are RESTRICTED wherever they stand.
 * @see GB 11643-1999; ISO/IEC 7064 MOD 11-2; standard/identifiers.md 6
 */
import { isCalendarDate } from '../wire-types/calendar.ts';
import type { IdentifierFault } from './fault.ts';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const shape = /^\d{17}[0-9X]$/;

/**
 * @param first17 - The number without its check character; longer text is cut.
 * @returns The check character; undefined when there are not 17 digits.
 */
export function idCardCheck(first17: string): string | undefined {
  const body = first17.slice(0, 17);
  if (!/^\d{17}$/.test(body)) return undefined;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body.charAt(index)), 0);
  return '10X98765432'.charAt(sum % 11);
}

/** @returns What is wrong with the number, an impossible birth date included; undefined when it verifies. */
export function checkIdCard(value: string): IdentifierFault | undefined {
  const number = value.toUpperCase();
  if (!shape.test(number) || !isBirthDate(number.slice(6, 14))) return 'SHAPE';
  return idCardCheck(number) === number.charAt(17) ? undefined : 'CHECK_CHARACTER';
}

/** Whether eight digits are a day somebody could be born on. */
export function isBirthDate(yyyymmdd: string): boolean {
  const [year, month, day] = [yyyymmdd.slice(0, 4), yyyymmdd.slice(4, 6), yyyymmdd.slice(6, 8)].map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  return year >= 1850 && year < 2100 && isCalendarDate(year, month, day);
}
