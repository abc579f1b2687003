/**
 * The edges of each kind of rule. What a kind is for is told by the examples of the rules themselves.
 */
import { describe, expect, test } from 'vitest';

import { liesIn } from './gbt-region.ts';
import { kinds } from './kinds.ts';
import { type ToyCase, judgeToy } from './toy-rules.ts';

type Row = readonly [about: string, rule: object, judged: ToyCase, broken: boolean];

const order = { kind: 'DATES_IN_ORDER', fields: ['FROM', 'UNTIL'] };
const days = { kind: 'DAYS_BETWEEN', from: 'FROM', to: 'UNTIL', atLeast: 3 };
const above = { kind: 'AMOUNT_NOT_ABOVE', amount: 'PRICE', limit: 'LIMIT' };
const unit = { kind: 'AMOUNT_UNIT', amount: 'PRICE', against: 'LIMIT' };
const within = { kind: 'NUMBER_WITHIN', field: 'COUNT', atLeast: '1', atMost: '9' };
const among = { kind: 'PARTY_AMONG', field: 'NAMES', of: { dataset: 'BID', field: 'LOTS', by: 'CODE', parties: ['BIDDER'] } };
const across = { kind: 'DATES_ACROSS', field: 'FROM', order: 'AFTER', of: { dataset: 'BID', field: 'LOTS', by: 'CODE', date: 'AT' } };
const unique = { kind: 'UNIQUE', fields: ['CODE'] };
const sum = { kind: 'SUM_WITHIN', dataset: 'BID', of: { dataset: 'LOT', field: 'CODE', by: 'LOTS', total: 'COUNT' } };
const yuan = (PRICE: string, LIMIT: string, UNIT = '0') => ({ fields: { PRICE, UNIT, LIMIT, LIMIT_UNIT: '0' } });
const bid = (fields: Record<string, string>) => ({ dataset: 'BID', fields: { LOTS: 'a;B', ...fields } });

const rows: readonly Row[] = [
  ['a day is not before a moment of the same day', order, { fields: { FROM: '20260801120000', UNTIL: '20260801' } }, false],
  ['dates in other forms compare as well', order, { fields: { FROM: '2026-08-02 12:00', UNTIL: '2026年8月1日' } }, true],
  ['a zone is reckoned with', order, { fields: { FROM: '2026-08-01T20:00:00Z', UNTIL: '20260801' } }, true],
  ['what is no date is passed over', order, { fields: { FROM: '20260231000000', UNTIL: '20260101' } }, false],
  ['one date alone breaks no order', order, { fields: { UNTIL: '20260101' } }, false],
  ['days over the end of February of a leap year', days, { fields: { FROM: '20240228', UNTIL: '20240301' } }, true],
  ['days over the turn of a year', days, { fields: { FROM: '20251230', UNTIL: '20260102' } }, false],
  ['days the wrong way round are of DATES_IN_ORDER', days, { fields: { FROM: '20260801', UNTIL: '20260701' } }, false],
  ['amounts in two units compare', above, yuan('1', '9999', '1'), true],
  ['equal amounts are not above', above, yuan('1', '10000', '1'), false],
  ['an amount without a unit is not compared', above, { fields: { PRICE: '9', LIMIT: '1', LIMIT_UNIT: '0' } }, false],
  ['an amount of a thousand digits is not computed with', above, yuan('9'.repeat(1000), '1'), false],
  ['a thousand times is no mistake of units', unit, yuan('1000', '1'), false],
  ['ten thousand times is, and so is a ten-thousandth', unit, yuan('1', '10000'), true],
  ['nothing beside nothing is no mistake of units', unit, yuan('0', '0'), false],
  ['bounds belong to what is within them', within, { fields: { COUNT: '9' } }, false],
  ['beyond a bound', within, { fields: { COUNT: '9.000001' } }, true],
  ['no number', within, { fields: { COUNT: '九' } }, false],
  ['a blank field is absent', { kind: 'ANY_PRESENT', fields: ['CODE', 'COUNT'] }, { fields: { CODE: '  ' } }, true],
  ['all of none', { kind: 'REQUIRED_TOGETHER', fields: ['CODE', 'COUNT'] }, { fields: {} }, false],
  ['one of two', { kind: 'REQUIRED_TOGETHER', fields: ['CODE', 'COUNT'] }, { fields: { COUNT: '1' } }, true],
  [
    'one item of a list in common suffices to differ no more',
    { kind: 'FIELDS_DIFFER', field: 'NAMES', against: 'CODE' },
    { fields: { NAMES: 'x; y', CODE: 'Y' } },
    true,
  ],
  [
    'a code too short for its part',
    { kind: 'FIELDS_EQUAL', field: 'CODE', part: [0, 3], against: 'NUMBER' },
    { fields: { CODE: 'ab', NUMBER: 'x' } },
    false,
  ],
  [
    'hyphens are not counted',
    { kind: 'FIELDS_EQUAL', field: 'CODE', part: [0, 3], against: 'NUMBER' },
    { fields: { CODE: 'a-bcd', NUMBER: 'ABC' } },
    false,
  ],
  ['an empty list is not counted', { kind: 'LIST_COUNT', list: 'NAMES', count: 'COUNT' }, { fields: { NAMES: ';', COUNT: '3' } }, false],
  [
    'a blank item within a list is one',
    { kind: 'LIST_COUNT', list: 'NAMES', count: 'COUNT' },
    { fields: { NAMES: 'a;;c', COUNT: '3' } },
    false,
  ],
  [
    'each item begins with the code',
    { kind: 'CODE_BEGINS', field: 'NAMES', with: 'CODE' },
    { fields: { NAMES: 'a1;b1', CODE: 'A' } },
    true,
  ],
  ['a rule does not apply where its condition fails', { ...within, when: 'KIND=1' }, { fields: { COUNT: '99' } }, false],
  ['nobody else: nothing is judged', among, { fields: { CODE: 'A', NAMES: 'c1' } }, false],
  ['one who has no code could be the one', among, { fields: { CODE: 'A', NAMES: 'c1' }, others: [bid({ BIDDER: 'c2' }), bid({})] }, false],
  ['none of them', among, { fields: { CODE: 'A', NAMES: 'c1' }, others: [bid({ BIDDER: 'c2' })] }, true],
  [
    'a lot of another system is another lot',
    among,
    { fields: { CODE: 'A', NAMES: 'c1' }, others: [{ ...bid({ BIDDER: 'c2' }), system: 'there' }] },
    false,
  ],
  [
    'an old organisation code is that inside a credit code',
    among,
    { fields: { CODE: 'A', NAMES: '91350000MA347WHE48' }, others: [bid({ BIDDER: 'MA347WHE-4' })] },
    false,
  ],
  [
    'of several related records one suffices',
    across,
    { fields: { CODE: 'A', FROM: '20260802' }, others: [bid({ AT: '20260801' }), bid({ AT: '20260901' })] },
    false,
  ],
  ['none suffices', across, { fields: { CODE: 'A', FROM: '20260802' }, others: [bid({ AT: '20260803' }), bid({ AT: '20260901' })] }, true],
  [
    'the standing version of the record itself is no second one',
    unique,
    { fields: { CODE: 'a' }, others: [{ dataset: 'LOT', key: 'own', fields: { CODE: 'A' } }] },
    false,
  ],
  ['a second one in other letters', unique, { fields: { CODE: 'a' }, others: [{ dataset: 'LOT', fields: { CODE: 'A' } }] }, true],
  [
    'its own earlier version is not added twice',
    sum,
    {
      fields: { LOTS: 'a' },
      others: [
        { dataset: 'LOT', fields: { CODE: 'A', COUNT: '1' } },
        { ...bid({}), key: 'own' },
      ],
    },
    false,
  ],
  [
    'parts beyond the whole',
    sum,
    { fields: { LOTS: 'a' }, others: [{ dataset: 'LOT', fields: { CODE: 'A', COUNT: '1' } }, bid({})] },
    true,
  ],
  ['a first value may come later', { kind: 'UNCHANGED', fields: ['CODE'] }, { fields: { CODE: 'a' }, earlier: {} }, false],
  ['a value may not vanish', { kind: 'UNCHANGED', fields: ['CODE'] }, { fields: {}, earlier: { CODE: 'a' } }, true],
];

test.each(rows)('%s', (_, rule, judged, broken) => {
  const { refusals, warnings, waits } = judgeToy(rule, judged);
  expect([refusals.length, warnings.length, waits.length]).toEqual([0, broken ? 1 : 0, 0]);
});

describe('what a child waits for', () => {
  const rule = {
    kind: 'PARENT_EXISTS',
    dataset: 'BID',
    severity: 'refusal',
    waitHours: 72,
    of: { dataset: 'LOT', field: 'CODE', by: 'LOTS' },
  };
  const others = [{ dataset: 'LOT', fields: { CODE: 'A' } }];
  const told = (judged: ToyCase) => {
    const { refusals, warnings, waits } = judgeToy(rule, judged);
    return [
      refusals.length,
      warnings.length,
      waits.map(({ dataset, field, value, waitHours }) => `${dataset}.${field}=${value} ${waitHours}`),
    ];
  };

  test('each parent that is missing is named', () => {
    expect(told({ fields: { LOTS: 'a;b' }, others })).toEqual([0, 0, ['LOT.CODE=B 72']]);
  });

  test('after its time the record is judged as the rule says', () => {
    expect(told({ fields: { LOTS: 'a;b' }, others, record: { waitedHours: 71.9 } })).toEqual([0, 0, ['LOT.CODE=B 72']]);
    expect(told({ fields: { LOTS: 'a;b' }, others, record: { waitedHours: 72 } })).toEqual([1, 0, []]);
  });

  test('a published record neither waits nor is refused', () => {
    expect(told({ fields: { LOTS: 'b' }, others, record: { sourceKind: 'PUBLISHED' } })).toEqual([0, 1, []]);
  });

  test('a withdrawal needs no parent', () => {
    expect(told({ fields: { LOTS: 'b' }, record: { op: 'withdraw' } })).toEqual([0, 0, []]);
  });
});

test.each([
  ['990102', '990000', true],
  ['990102', '990100', true],
  ['990100', '990102', false],
  ['990202', '990100', false],
  ['990100', '990100', true],
  ['99', '990100', undefined],
  ['990100', '', undefined],
])('region %s within %s: %s', (region, whole, said) => expect(liesIn(region, whole)).toBe(said));

test('kinds have names of their own and say in both tongues what they demand', () => {
  expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
  expect(kinds.filter(({ zh, en }) => !/^\p{Script=Han}.*。$/u.test(zh) || !/^[A-Z].*\.$/u.test(en)).map(({ name }) => name)).toEqual([]);
});
