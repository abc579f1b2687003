import { describe, expect, test } from 'vitest';

import type { Field } from '../contract.ts';
import { readContract } from '../read-contract.ts';
import type { WireFields } from '../wire-record.ts';
import { decodeField } from './decode-field.ts';
import { indexValue } from './index-value.ts';

const dataset = readContract(`extend schema @contract(name: "c", version: "1.0.0", edition: "e", title: "t")
  type T @dataset(code: "T", key: [], why: "w") {
    name: String @wire(code: "NAME", type: "C..200")
    code: TenderProjectCode @wire(code: "CODE", type: "C20", id: "tenderProjectCode")
    inner: String @wire(code: "INNER", type: "C..20", id: "partyCode")
    yes: Boolean @wire(code: "YES", type: "C1", list: "YES_NO")
    count: Int @wire(code: "COUNT", type: "N..12")
    area: Decimal @wire(code: "AREA", type: "N..20,6")
    day: Date @wire(code: "DAY", type: "yyyyMMdd")
    at: DateTime @wire(code: "AT", type: "yyyyMMddHHmmss")
    mode: Code @wire(code: "MODE", type: "C1", list: "TENDER_MODE")
    modes: [Code!]! @wire(code: "MODES", type: "C..20", list: "TENDER_MODE", multi: true)
    region: Region @wire(code: "REGION", type: "C6", list: "REGION")
    direction: Direction @wire(code: "DIRECTION", type: "C..20")
    lots: [BidSectionCode!] @wire(code: "LOTS", type: "C..ul", multi: true)
    html: String @wire(code: "HTML", type: "C..ul", part: "html")
    text: String @wire(code: "HTML", type: "C..ul", part: "text")
    url: String @wire(code: "URL", type: "C..2000", id: "webAddress")
    urls: [String!]! @wire(code: "URLS", type: "C..2000", id: "webAddress", multi: true)
    others: [T!]! @relation(from: "code", to: "code")
  }`).datasets[0];
const labels = (list: string, code: string) => (code === '1' || code === '440100' ? `${list}-${code}` : undefined);
const field = (name: string): Field => {
  const found = dataset?.fields.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
};
const both = (name: string, fields: WireFields) => [decodeField(field(name), fields, labels), indexValue(field(name), fields)];

describe('from the wire to the graph, and to the typed column', () => {
  test.each<[string, WireFields, unknown, unknown]>([
    ['name', { NAME: ' 甲 公司 ' }, ' 甲 公司 ', ' 甲 公司 '],
    ['code', { CODE: ' e3100000151008459002 ' }, 'e3100000151008459002', 'E3100000151008459002'],
    ['inner', { INNER: '78476538x' }, '78476538x', '78476538X'],
    ['url', { URL: ' https://trade.example/Notices/1 ' }, 'https://trade.example/Notices/1', 'https://trade.example/Notices/1'],
    ['url', { URL: 'javascript:alert(1)' }, null, null],
    ['urls', { URLS: 'https://a.example/;javascript:alert(1)' }, ['https://a.example/'], ['https://a.example/']],
    ['yes', { YES: '1' }, true, true],
    ['yes', { YES: '0' }, false, false],
    ['yes', { YES: 'F' }, false, false],
    ['yes', { YES: '2' }, null, null],
    ['count', { COUNT: '0042' }, 42, 42],
    ['count', { COUNT: '15.0' }, 15, 15],
    ['count', { COUNT: '1.5' }, null, null],
    ['count', { COUNT: '2147483648' }, null, null],
    ['area', { AREA: '0.315000' }, '0.315', '0.315'],
    ['area', { AREA: '约三亩' }, null, null],
    ['day', { DAY: '20170428000000' }, '2017-04-28', '2017-04-28'],
    ['day', { DAY: '20170431' }, null, null],
    ['at', { AT: '20260814101200' }, '2026-08-14T10:12:00+08:00', '2026-08-14T02:12:00.000000Z'],
    ['at', { AT: '2026-08-14' }, '2026-08-14T00:00:00+08:00', '2026-08-13T16:00:00.000000Z'],
    ['at', { AT: '待定' }, null, null],
    ['mode', { MODE: '1' }, { code: '1', label: 'TENDER_MODE-1' }, '1'],
    ['mode', { MODE: ' 9 ' }, { code: '9', label: null }, '9'],
    [
      'modes',
      { MODES: '1; 9;;1;' },
      [
        { code: '1', label: 'TENDER_MODE-1' },
        { code: '9', label: null },
        { code: '1', label: 'TENDER_MODE-1' },
      ],
      ['1', '9'],
    ],
    ['region', { REGION: '440100' }, { code: '440100', name: 'REGION-440100' }, '440100'],
    ['region', { REGION: '990100' }, { code: '990100', name: null }, '990100'],
    ['direction', { DIRECTION: 'PUBLIC_PAYS' }, 'PUBLIC_PAYS', 'PUBLIC_PAYS'],
    ['lots', { LOTS: 'e1;E2' }, ['e1', 'E2'], ['E1', 'E2']],
    ['html', { HTML: '<p>甲&nbsp;乙</p>' }, '<p>甲&nbsp;乙</p>', '<p>甲&nbsp;乙</p>'],
    ['text', { HTML: '<p>甲&nbsp;乙</p>' }, '甲 乙', '甲 乙'],
  ])('%s %j', (name, fields, ...expected) => expect(both(name, fields)).toEqual(expected));

  test.each(['name', 'code', 'yes', 'count', 'area', 'day', 'at', 'mode', 'region', 'direction', 'text'])(
    '%s: absent and blank are null',
    (name) => {
      const blank = Object.fromEntries(field(name).wire.map((wire) => [wire.code, '  ']));
      expect(both(name, {})).toEqual([null, null]);
      expect(both(name, blank)).toEqual([null, null]);
    },
  );

  test('an absent list is [] only where the graph promises a list', () => {
    expect(both('modes', {})).toEqual([[], []]);
    expect(both('lots', { LOTS: ' ; ' })).toEqual([null, []]);
  });

  test('a relation has no value of its own', () => expect(both('others', { CODE: 'E1' })).toEqual([[], []]));

  test('names of the wire are own names only', () => {
    const [toString] =
      readContract(`extend schema @contract(name: "c", version: "1.0.0", edition: "e", title: "t")
      type T @dataset(code: "T", key: [], why: "w") { a: String @wire(code: "toString", type: "C..9") }`).datasets[0]?.fields ?? [];
    expect(toString && decodeField(toString, {}, labels)).toBeNull();
  });
});
