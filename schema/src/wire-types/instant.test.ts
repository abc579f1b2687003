import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { canonicalDate, canonicalInstant, parseDate, parseInstant, printInstant } from './instant.ts';

describe('instants from the wire (UTC+8)', () => {
  test.each([
    ['20170428103000', '2017-04-28T02:30:00.000000Z'],
    ['201704281030', '2017-04-28T02:30:00.000000Z'],
    ['20170428', '2017-04-27T16:00:00.000000Z'],
    ['20170101000000', '2016-12-31T16:00:00.000000Z'],
    ['20160301075959', '2016-02-29T23:59:59.000000Z'],
    ['2017/04/28', '2017-04-27T16:00:00.000000Z'],
    ['2017-4-8 9:05', '2017-04-08T01:05:00.000000Z'],
    ['2017-04-28 10:00:00', '2017-04-28T02:00:00.000000Z'],
    ['2017.04.28', '2017-04-27T16:00:00.000000Z'],
    ['2017年4月28日', '2017-04-27T16:00:00.000000Z'],
    ['2017年4月28日10时30分', '2017-04-28T02:30:00.000000Z'],
    ['2022-09-23T00:44:48+08:00', '2022-09-22T16:44:48.000000Z'],
    ['2022-09-23T00:44:48.1234567Z', '2022-09-23T00:44:48.123456Z'],
    ['2022-12-31T20:00:00-0500', '2023-01-01T01:00:00.000000Z'],
    [' 20170428103000 ', '2017-04-28T02:30:00.000000Z'],
    ['99991231235959', '9999-12-31T15:59:59.000000Z'],
    ['9999-12-31T15:59:59Z', '9999-12-31T15:59:59.000000Z'],
  ])('%s is %s', (text, instant) => expect(canonicalInstant(text)).toBe(instant));

  test.each([
    '20170230',
    '20190229000000',
    '20171301',
    '2017-04-28 24:00',
    '20170428106000',
    '20170428103060',
    '18991231',
    '00000000',
    '1628238185000',
    '2017-04-2810:30',
    '9999-12-31T23:00:00-05:00',
    '9999-12-31T16:00:00Z',
    '2017-04-28T10:00:00+15:00',
    '待定',
    '',
    `2017-04-28${' '.repeat(1000)}10:00`,
  ])('«%s» is none', (text) => expect(canonicalInstant(text)).toBeUndefined());

  test('days keep their day', () => {
    expect(canonicalDate('20170428000000')).toBe('2017-04-28');
    expect(canonicalDate('20170428235959')).toBe('2017-04-28');
    expect(canonicalDate('2017/4/28')).toBe('2017-04-28');
    expect(canonicalDate('2017-04-28T20:00:00Z')).toBe('2017-04-29');
    expect(canonicalDate('20170431')).toBeUndefined();
  });
});

describe('instants in the graph', () => {
  test.each([
    ['2026-08-14T02:12:00.000000Z', '2026-08-14T10:12:00+08:00'],
    ['2025-12-31T16:00:00.120000Z', '2026-01-01T00:00:00.12+08:00'],
    ['2024-02-28T23:00:00.000001Z', '2024-02-29T07:00:00.000001+08:00'],
  ])('%s prints as %s', (instant, text) => {
    expect(printInstant(instant)).toBe(text);
    expect(parseInstant(text)).toBe(instant);
  });

  test('what is no canonical instant cannot be printed', () => {
    expect(() => printInstant('2026-08-14T02:12:00Z')).toThrow(RangeError);
  });

  test.each(['2026-08-14', '2026-08-14T10:12:00', '20260814101200', '2026-08-14T10:12:00.1234567+08:00', '2026-02-30T10:12:00Z'])(
    'a client may not write %s',
    (text) => expect(parseInstant(text)).toBeUndefined(),
  );

  test('a client may write the end of all time in any zone', () => {
    expect(parseInstant('9999-12-31T23:59:59Z')).toBe('9999-12-31T23:59:59.000000Z');
  });

  test('a client writes days as YYYY-MM-DD', () => {
    expect(parseDate('2026-08-14')).toBe('2026-08-14');
    expect(parseDate('2026-02-29')).toBeUndefined();
    expect(parseDate('20260814')).toBeUndefined();
  });

  test('print and parse are inverse, and agree with the platform calendar', () => {
    const seconds = fc.integer({ min: Date.UTC(1900, 0, 2) / 1000, max: Date.UTC(9999, 11, 30) / 1000 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 999_999 }), (second, micros) => {
        const instant = `${new Date(second * 1000).toISOString().slice(0, 19)}.${String(micros).padStart(6, '0')}Z`;
        const text = printInstant(instant);
        expect(parseInstant(text)).toBe(instant);
        expect(text.slice(0, 19)).toBe(new Date((second + 8 * 3600) * 1000).toISOString().slice(0, 19));
      }),
    );
  });
});
