import { creditCodeCheck, dealCodeCheck, idCardCheck, orgCodeCheck } from '@hub/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { demoCreditCode, demoDealCode, demoIdCard, orgCodeOf } from './codes.ts';
import { dayS, startOfDay } from './wall-clock.ts';

const region = fc.integer({ min: 110_000, max: 659_999 }).map(String);

describe('identifiers verify and are nobody’s (identifiers.md 1, 4, 5, 6)', () => {
  test('credit codes: both check characters, and the mark of the demonstration', () => {
    fc.assert(
      fc.property(fc.constantFrom('91', '11', '12'), region, fc.nat(99_999), (head, place, serial) => {
        const code = demoCreditCode(head, place, serial);
        expect(code).toHaveLength(18);
        expect(creditCodeCheck(code)).toBe(code.charAt(17));
        expect(orgCodeCheck(orgCodeOf(code))).toBe(code.charAt(16));
        expect(code.slice(8, 11)).toBe('DEM');
      }),
    );
  });

  test('identity cards: check character, and a region that does not exist', () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(2000), (day, sequence) => {
        const number = demoIdCard('990000', startOfDay('1950-01-01') + day * dayS, sequence);
        expect(number).toMatch(/^999900\d{11}[0-9X]$/);
        expect(idCardCheck(number)).toBe(number.charAt(17));
      }),
    );
  });

  test('deal codes: 40 characters and their check', () => {
    const code = demoDealCode('A02', demoCreditCode('91', '990100', 7), { day: startOfDay('2026-03-05'), serial: 42 });
    expect(code).toMatch(/^A02-91990100DEM00007.{2}-20260305-000042-.$/);
    expect(dealCodeCheck(code.slice(0, 38))).toBe(code.charAt(39));
  });
});
