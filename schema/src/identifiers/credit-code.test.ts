import { describe, expect, test } from 'vitest';

import { checkCreditCode, creditCodeCheck } from './credit-code.ts';

const real = [
  '12350100MB02709751',
  '123100007847653857',
  '91350000MA347WHE48',
  '91350100M000100Y43',
  '12341700793567866N',
  '91440300093677087R',
  '91110000101623741K',
];

describe('credit code (GB 32100-2015)', () => {
  test.each(real)('%s verifies', (code) => {
    expect(checkCreditCode(code)).toBeUndefined();
    expect(creditCodeCheck(code.slice(0, 17))).toBe(code.slice(17));
  });

  test('lower case verifies', () => expect(checkCreditCode('91440300093677087r')).toBeUndefined());

  test('91359128593462349A, seen in use, should end in R', () => {
    expect(checkCreditCode('91359128593462349A')).toBe('CHECK_CHARACTER');
    expect(creditCodeCheck('91359128593462349')).toBe('R');
  });

  test.each(['', '9144030009367708', '91440300093677087RR', '9144030009367708IR', '91I40300093677087R', '9144A300093677087R'])(
    '«%s» is no credit code',
    (code) => expect(checkCreditCode(code)).toBe('SHAPE'),
  );

  test.each(['9144030009367708', '9144030009367708O'])('no check character for «%s»', (first17) =>
    expect(creditCodeCheck(first17)).toBeUndefined(),
  );
});
