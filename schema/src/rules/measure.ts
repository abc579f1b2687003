/**
 * Numbers and amounts as they compare: yuan where it is money, the number itself where it is none.
 * @see standard/identifiers.md 13 «a bare number cannot be compared»
 */
import { joinParts } from '../decode/join-parts.ts';
import { yuanOf } from '../decode/money.ts';
import { compareDecimals, isDecimal, multiplyDecimals, shiftDecimal } from '../decimal.ts';
import { type WireFields, wireValue } from '../wire-record.ts';
import { type NamedField, type RuleRow, fault, fieldIn } from './rule-row.ts';

/** The law allows no number of more digits; beyond that exact arithmetic only costs time. */
const longestNumber = 50;

/** A field that holds one number. */
export interface Measure {
  readonly code: string;
  /** Whether it is money told in a known unit. A bare number compares only with a bare number. */
  readonly isYuan: boolean;
  /** @returns Exact; undefined when it is absent, no number, or an amount whose yuan is not known. */
  read(fields: WireFields): string | undefined;
}

/** @returns The measure that a parameter names; undefined, noted, when it names none. */
export function measureIn(row: RuleRow, name: string): Measure | undefined {
  const found = fieldIn(row, name);
  if (found === undefined) return undefined;
  const { code, wire, field } = found;
  const isYuan = field.wire.some(({ part }) => part === 'unit') && !field.wire.some(isOtherForm);
  if (isYuan && !field.list && wire.part === 'amount') return { code, isYuan, read: moneyReader(found) };
  if (wire.type.startsWith('N') && wire.list === undefined && !isYuan && !wire.multi)
    return { code, isYuan, read: (fields) => numberOf(wireValue(fields, code)) };
  return fault(row, name, { zh: '不是数或金额的字段', en: 'is no number or amount' });
}

/** Whether two measures compare; if not, it is noted as a fault of the parameter. */
export function areComparable(row: RuleRow, name: string, [first, second]: readonly [Measure | undefined, Measure | undefined]): boolean {
  if (first === undefined || second === undefined) return false;
  if (first.isYuan === second.isYuan) return true;
  fault(row, name, { zh: '一个有金额单位而另一个没有，不能相比', en: 'compares an amount with a unit to one without' });
  return false;
}

/** @returns The number that a parameter states as text; undefined when it is absent, or noted when it is none. */
export function decimalIn(row: RuleRow, name: string): string | undefined {
  const value = row.fields.value(name);
  if (value === undefined || (typeof value === 'string' && isDecimal(value))) return value;
  return fault(row, name, { zh: '须为写成文本的数', en: 'must be a number written as text' });
}

/** Whether a number is more than so many hundredths of another. */
export function isAbovePercent(value: string, percent: number, of: string): boolean {
  return compareDecimals(shiftDecimal(value, 2), multiplyDecimals(of, String(percent))) > 0;
}

/** Whether a number is less than so many hundredths of another. */
export function isBelowPercent(value: string, percent: number, of: string): boolean {
  return compareDecimals(shiftDecimal(value, 2), multiplyDecimals(of, String(percent))) < 0;
}

/** 元 against 万元 is a factor of 10,000; prices themselves differ by far less than the rest of these bounds. */
const [leastFactor, mostFactor] = ['2000', '50000'] as const;

/** Whether one of two amounts looks ten thousand times too large: 元 and 万元 mixed up. */
export function isUnitSuspect(a: string, b: string): boolean {
  return isTenThousandfold(a, b) || isTenThousandfold(b, a);
}

function isTenThousandfold(large: string, small: string): boolean {
  if (compareDecimals(small, '0') <= 0) return false;
  return (
    compareDecimals(large, multiplyDecimals(small, leastFactor)) >= 0 && compareDecimals(large, multiplyDecimals(small, mostFactor)) <= 0
  );
}

/** A price fixed to be a rate or a price of one unit of quantity: its number says something only beside its like. */
function isOtherForm({ part, fixed }: NamedField['wire']): boolean {
  return part === 'form' && fixed !== undefined && fixed !== '1';
}

function moneyReader({ code, field }: NamedField): Measure['read'] {
  return (fields) => {
    if (numberOf(wireValue(fields, code)) === undefined) return undefined;
    const [row] = joinParts(field, fields).rows;
    return row === undefined ? undefined : yuanOf(row);
  };
}

function numberOf(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= longestNumber && isDecimal(text) ? text : undefined;
}
