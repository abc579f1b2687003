import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addDecimals, canonicalDecimal, compareDecimals, isDecimal, multiplyDecimals, shiftDecimal, subtractDecimals } from './decimal.ts';

const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.stringMatching(/^\d{0,6}$/))
  .map(([negative, whole, fraction]) => `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`);

describe('exact decimals', () => {
  test.each([
    ['4227.0000', '4227'],
    ['0.315000', '0.315'],
    ['-0.00', '0'],
    ['+007', '7'],
    ['5.', '5'],
    ['-1.50', '-1.5'],
    ['12345678901234567890.123456', '12345678901234567890.123456'],
  ])('%s is %s', (text, canonical) => expect(canonicalDecimal(text)).toBe(canonical));

  test.each(['', '-', '.', '1e3', '1,000', ' 1', '１'])('«%s» is none', (text) => {
    expect(isDecimal(text)).toBe(false);
    expect(() => canonicalDecimal(text)).toThrow(RangeError);
  });

  test('万元 to 元 loses nothing', () => {
    expect(shiftDecimal('140.33', 4)).toBe('1403300');
    expect(shiftDecimal('0.00001', 4)).toBe('0.1');
    expect(shiftDecimal('-3', 4)).toBe('-30000');
    expect(shiftDecimal('3', 0)).toBe('3');
  });

  test('0.1 + 0.2 is 0.3, and 0.3 − 0.1 is 0.2', () => {
    expect(addDecimals('0.1', '0.2')).toBe('0.3');
    expect(subtractDecimals('0.3', '0.1')).toBe('0.2');
    expect(subtractDecimals('1', '3.25')).toBe('-2.25');
  });

  test('1.50 × −0.2 is −0.3, and no digit is lost', () => {
    expect(multiplyDecimals('1.50', '-0.2')).toBe('-0.3');
    expect(multiplyDecimals('12345678901234567890.123456', '10')).toBe('123456789012345678901.23456');
  });

  test('sums, differences and comparisons agree', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(subtractDecimals(addDecimals(a, b), b)).toBe(canonicalDecimal(a));
        expect(addDecimals(a, b)).toBe(addDecimals(b, a));
        const difference = subtractDecimals(a, b);
        expect(compareDecimals(a, b)).toBe(difference === '0' ? 0 : difference.startsWith('-') ? -1 : 1);
      }),
    );
  });
});
