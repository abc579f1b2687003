import { describe, expect, test } from 'vitest';

import { dateStamp, dayS, onWorkday, spokenDate, stamp, startOfDay, timeOfDay } from './wall-clock.ts';

describe('the wire’s wall clock has no zone', () => {
  const day = startOfDay('2026-11-22');

  test('a day begins at midnight and its stamps say so', () => {
    expect([stamp(day), dateStamp(day), spokenDate(day)]).toEqual(['20261122000000', '20261122', '2026年11月22日']);
    expect(stamp(timeOfDay(day + 40_000, '09:30'))).toBe('20261122093000');
  });

  test('leap days are days', () => {
    expect(stamp(startOfDay('2024-02-28') + dayS)).toBe('20240229000000');
  });

  test('weekends move to Monday, workdays stay', () => {
    // 2026-11-22 is a Sunday.
    const week = [-2, -1, 0, 1].map((offset) => dateStamp(onWorkday(day + offset * dayS)));
    expect(week).toEqual(['20261120', '20261123', '20261123', '20261123']);
  });

  test.each(['2026-02-30', '2026-1-1', '22.11.2026', ''])('%j is not a date', (text) => {
    expect(() => startOfDay(text)).toThrow(RangeError);
  });
});
