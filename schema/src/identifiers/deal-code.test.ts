import { describe, expect, test } from 'vitest';

import { checkUnifiedDealCode, dealCodeCheck } from './deal-code.ts';

describe('unified deal code (ISO/IEC 7064 MOD 37-2)', () => {
  test('the real A02-123100007847653857-20161012-000015-Q verifies', () => {
    expect(checkUnifiedDealCode('A02-123100007847653857-20161012-000015-Q')).toBeUndefined();
    expect(checkUnifiedDealCode('a02-123100007847653857-20161012-000015-q')).toBeUndefined();
    expect(dealCodeCheck('A02-123100007847653857-20161012-000015')).toBe('Q');
    expect(dealCodeCheck('A0212310000784765385720161012000015')).toBe('Q');
  });

  test.each([
    ['D03-12350100MB02709751-20200319-102642-5', 'A'],
    ['D01-12350100MB02709751-20190627-527731-5', '7'],
    ['B01-12350100MB02709751-20161231-211018-2', 'T'],
    ['A99-91359128593462349A-20170601-002267-T', '6'],
  ])('the real %s does not: %s would', (code, check) => {
    expect(checkUnifiedDealCode(code)).toBe('CHECK_CHARACTER');
    expect(dealCodeCheck(code.slice(0, 38))).toBe(check);
    expect(checkUnifiedDealCode(code.slice(0, 39) + check)).toBeUndefined();
  });

  test.each([
    '',
    'A0212310000784765385720161012000015Q',
    'A02-123100007847653857-20161012-00015-Q',
    'A02*123100007847653857-20161012-000015-Q',
  ])('«%s» is no deal code', (code) => expect(checkUnifiedDealCode(code)).toBe('SHAPE'));

  test('no check character for too few characters', () => expect(dealCodeCheck('A02-1')).toBeUndefined());
});
