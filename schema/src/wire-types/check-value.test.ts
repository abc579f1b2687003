import { describe, expect, test } from 'vitest';

import { checkValue } from './check-value.ts';
import { readNotation } from './notation.ts';

const fault = (notation: string, value: string) => {
  const type = readNotation(notation);
  if (type === undefined) throw new Error(`no notation: ${notation}`);
  return checkValue(type, value);
};

describe('the notation of types (standard/identifiers.md 13)', () => {
  test.each([
    ['C6', { kind: 'text', exactly: 6, atMost: undefined }],
    ['C..200', { kind: 'text', exactly: undefined, atMost: 200 }],
    ['C..ul', { kind: 'text', exactly: undefined, atMost: undefined }],
    ['N3', { kind: 'number', digits: 3, decimals: 0 }],
    ['N..5', { kind: 'number', digits: 5, decimals: 0 }],
    ['N..20,6', { kind: 'number', digits: 20, decimals: 6 }],
    ['N22,6', { kind: 'number', digits: 22, decimals: 6 }],
    ['yyyyMMdd', { kind: 'date', digits: 8 }],
    ['yyyyMMddHHmm', { kind: 'date', digits: 12 }],
    ['yyyyMMddHHmmss', { kind: 'date', digits: 14 }],
  ])('%s', (notation, type) => expect(readNotation(notation)).toEqual(type));

  test.each(['', 'C', 'C..', 'X3', 'N', 'N0', 'N2,2', 'n..3', 'yyyy-MM-dd', ' C6'])('«%s» is none', (notation) =>
    expect(readNotation(notation)).toBeUndefined(),
  );
});

describe('values by their type', () => {
  test.each([
    ['C6', '440100', undefined],
    ['C6', '4401000', 'TOO_LONG'],
    ['C6', '44010', 'TOO_SHORT'],
    ['C..3', '中标人', undefined],
    ['C..3', '𠮷𠮷𠮷', undefined],
    ['C..3', '𠮷𠮷𠮷x', 'TOO_LONG'],
    ['C3', '𠮷𠮷', 'TOO_SHORT'],
    ['C..ul', 'x'.repeat(100_000), undefined],
    ['N3', '100', undefined],
    ['N3', '-7', undefined],
    ['N3', '0007', undefined],
    ['N3', '4227', 'TOO_MANY_DIGITS'],
    ['N3', '1.5', 'TOO_MANY_DIGITS'],
    ['N3', '15.0', undefined],
    ['N3', '1e3', 'NOT_A_NUMBER'],
    ['N3', '1,000', 'NOT_A_NUMBER'],
    ['N3', '一百', 'NOT_A_NUMBER'],
    ['N..8,2', '123456.78', undefined],
    ['N..8,2', '1234567.8', 'TOO_MANY_DIGITS'],
    ['N..8,2', '0.125', 'TOO_MANY_DIGITS'],
    ['N..20,6', '9'.repeat(101), 'TOO_MANY_DIGITS'],
    ['yyyyMMdd', '20170428', undefined],
    ['yyyyMMdd', '20170428000000', 'DATE_FORM'],
    ['yyyyMMdd', '2017/04/28', 'DATE_FORM'],
    ['yyyyMMddHHmmss', '20170428000000', undefined],
    ['yyyyMMddHHmmss', '20170428', 'DATE_FORM'],
    ['yyyyMMddHHmmss', '2017-04-28 10:00:00', 'DATE_FORM'],
    ['yyyyMMddHHmm', '201704281000', undefined],
    ['yyyyMMddHHmmss', '20170431000000', 'NOT_A_DATE'],
    ['yyyyMMddHHmmss', '2017-02-30', 'NOT_A_DATE'],
  ])('%s «%s»: %s', (notation, value, expected) => expect(fault(notation, value)).toBe(expected));
});
