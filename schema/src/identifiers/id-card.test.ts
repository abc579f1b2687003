import { describe, expect, test } from 'vitest';

import { checkIdCard, idCardCheck } from './id-card.ts';

describe('identity number (GB 11643-1999)', () => {
  test("the standard's sample verifies", () => {
    expect(checkIdCard('11010519491231002X')).toBeUndefined();
    expect(checkIdCard('11010519491231002x')).toBeUndefined();
    expect(idCardCheck('11010519491231002')).toBe('X');
  });

  test('a wrong check, an impossible birth date, another shape', () => {
    expect(checkIdCard('110105194912310021')).toBe('CHECK_CHARACTER');
    expect(checkIdCard('11010519490230002X')).toBe('SHAPE');
    expect(checkIdCard('1101051949123100')).toBe('SHAPE');
    expect(idCardCheck('1101051949123100X')).toBeUndefined();
  });
});
