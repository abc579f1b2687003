/**
 * Moments in every form that is read, the first and the last among them.
 * @see standard/identifiers.md 11
 */
import fc from 'fast-check';

const ends = ['1900-01-01T00:00:00', '1900-01-01T00:00:01', '9999-12-31T23:59:59', '2024-02-29T23:59:59'] as const;
const zones = ['', '+08:00', '+0800', 'Z', '-05:00', '+14:00', '-12:00'] as const;

/** @param digits - The sheet's own form: 8 a day, 12 a minute, 14 a second. */
export function datesIn(digits: number): fc.Arbitrary<string> {
  const first = Date.UTC(1900, 0, 2);
  const any = fc.integer({ min: first / 1000, max: Date.UTC(9999, 11, 30) / 1000 }).map((second) => new Date(second * 1000).toISOString());
  const moment = fc.oneof({ weight: 2, arbitrary: any }, { weight: 1, arbitrary: fc.constantFrom(...ends) });
  const own = moment.map((text) => text.replaceAll(/\D/g, '').slice(0, digits));
  return fc.oneof(
    own,
    fc.tuple(moment, fc.constantFrom(...zones), fc.nat(8)).map(([text, zone, form]) => inForm(text.slice(0, 19), zone, form)),
  );
}

function inForm(moment: string, zone: string, form: number): string {
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = moment.split(/\D/);
  const compact = moment.replaceAll(/\D/g, '');
  // West of UTC+8 the last hours of 9999 are those of a year with five digits, which is none.
  const place = year === '9999' ? zone.replace(/^(?:Z|-.*)$/, '+14:00') : zone;
  const forms = [
    compact,
    compact.slice(0, 12),
    compact.slice(0, 8),
    `${year}/${Number(month)}/${Number(day)}`,
    `${year}.${month}.${day} ${Number(hour)}:${minute}`,
    `${year}年${Number(month)}月${Number(day)}日`,
    `${year} 年 ${month} 月 ${day} 日${hour}时${minute}分${second}秒`,
    `${year}-${month}-${day}T${hour}:${minute}:${second}${place}`,
    `${year}-${month}-${day} ${hour}:${minute}:${second}.1234567${place}`,
  ];
  return forms[form] ?? compact;
}
