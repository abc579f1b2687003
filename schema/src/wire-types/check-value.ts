/**
 * Judges one wire value by its type. Readable oddities of form are told apart from what cannot be read.
 * @see standard/identifiers.md 11, 13; standard/exchange.md 6
 */
import { canonicalDecimal, isDecimal } from '../decimal.ts';
import { canonicalInstant } from './instant.ts';
import type { DateType, NumberType, TextType, WireType } from './notation.ts';

/** TOO_SHORT and DATE_FORM can still be read; the others cannot be taken. */
export type TypeFault = 'TOO_LONG' | 'TOO_SHORT' | 'NOT_A_NUMBER' | 'TOO_MANY_DIGITS' | 'NOT_A_DATE' | 'DATE_FORM';

/** @returns What is wrong with a value that is not blank; undefined when nothing is. */
export function checkValue(type: WireType, value: string): TypeFault | undefined {
  if (type.kind === 'text') return checkText(type, value);
  return type.kind === 'number' ? checkNumber(type, value.trim()) : checkDate(type, value.trim());
}

function checkText(type: TextType, value: string): TypeFault | undefined {
  const limit = type.exactly ?? type.atMost;
  if (limit === undefined) return undefined;
  // A character may be two UTF-16 units: count only when the cheap bound does not decide.
  const length = value.length <= limit ? value.length : [...value].length;
  if (length > limit) return 'TOO_LONG';
  return type.exactly !== undefined && [...value].length < type.exactly ? 'TOO_SHORT' : undefined;
}

function checkNumber(type: NumberType, value: string): TypeFault | undefined {
  // No number of the standard comes near this; an endless one would cost more than it says.
  if (value.length > 100) return 'TOO_MANY_DIGITS';
  if (!isDecimal(value)) return 'NOT_A_NUMBER';
  const [whole = '', fraction = ''] = canonicalDecimal(value).replace('-', '').split('.');
  const wholeDigits = whole === '0' ? 0 : whole.length;
  return wholeDigits > type.digits - type.decimals || fraction.length > type.decimals ? 'TOO_MANY_DIGITS' : undefined;
}

function checkDate(type: DateType, value: string): TypeFault | undefined {
  if (canonicalInstant(value) === undefined) return 'NOT_A_DATE';
  return value.length === type.digits && /^\d+$/.test(value) ? undefined : 'DATE_FORM';
}
