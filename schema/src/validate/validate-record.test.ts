import { describe, expect, test } from 'vitest';

import { loadCodeLists } from '../codes.ts';
import { readContract } from '../read-contract.ts';
import type { WireRecord } from '../wire-record.ts';
import type { SourceKind } from './rule.ts';
import { rules } from './rules.ts';
import { validateRecord } from './validate-record.ts';
import { shownValue } from './violation.ts';

const [lot, keyless, local] = readContract(`extend schema @contract(name: "c", version: "1.0.0", edition: "e", title: "t")
  type Lot @dataset(code: "LOT", key: ["CODE"], why: "w") {
    code: BidSectionCode @wire(code: "CODE", type: "C23", id: "bidSectionCode", required: true) @visibility(to: PUBLIC)
    name: String! @wire(code: "NAME", type: "C..10", required: true) @visibility(to: PUBLIC)
    deal: UnifiedDealCode @wire(code: "DEAL", type: "C40", id: "unifiedDealCode") @visibility(to: GOVERNMENT)
    organization: Code @wire(code: "ORG", type: "C1", list: "ORG", required: true) @visibility(to: PUBLIC)
    industry: Code @wire(code: "INDUSTRY", type: "C..3", list: "INDUSTRY") @visibility(to: PUBLIC)
    dark: [Code!]! @wire(code: "DARK", type: "C..9", list: "DARK", multi: true) @visibility(to: PUBLIC)
    agency: Party @wire(code: "AGENCY", type: "C..20", part: "name", requiredWhen: "ORG=2|3") @visibility(to: PUBLIC)
    bids: [String!]! @wire(code: "BIDS", type: "C3", multi: true) @visibility(to: PUBLIC)
    local: String @wire(code: "LOCAL", type: "C..9", required: true, national: false) @visibility(to: PUBLIC)
    yes: Boolean @wire(code: "YES", type: "C1", list: "YES_NO") @visibility(to: PUBLIC)
    url: String @wire(code: "URL", type: "C..99", id: "webAddress") @visibility(to: PUBLIC)
    rounds: Int @wire(code: "ROUNDS", type: "N..12") @visibility(to: PUBLIC)
    direction: Direction @wire(code: "DIRECTION", type: "C..20") @visibility(to: PUBLIC)
    opensAt: DateTime @wire(code: "OPENS", type: "yyyyMMddHHmmss") @visibility(to: PUBLIC)
    price: Money @wire(code: "PRICE", type: "N..20,6", part: "amount") @wire(code: "UNIT", type: "C1", part: "unit") @visibility(to: PUBLIC)
    winners: [Party!]! @wire(code: "WINNER", type: "C..99", part: "name", multi: true)
      @wire(code: "WINNER_CODE", type: "C..99", part: "code", id: "partyCode", multi: true) @visibility(to: PUBLIC)
  }
  type Keyless @dataset(code: "KEYLESS", key: [], why: "w") { name: String @wire(code: "NAME", type: "C..10") @visibility(to: PUBLIC) }
  type Local @dataset(code: "LOCAL", key: [], why: "w", national: false) {
    name: String @wire(code: "NAME", type: "C..10", required: true) @visibility(to: PUBLIC)
    area: String @wire(code: "AREA", type: "C..10", required: true, national: false) @visibility(to: PUBLIC)
    term: String @wire(code: "TERM", type: "C..10", requiredWhen: "NAME=x", national: false) @visibility(to: PUBLIC)
  }`).datasets;
if (lot === undefined || keyless === undefined || local === undefined) throw new Error('the contract has three datasets');

const codes = loadCodeLists([
  {
    name: 'ORG',
    complete: true,
    values: [
      { code: '1', label: '自行' },
      { code: '2', label: '委托' },
    ],
  },
  { name: 'INDUSTRY', complete: false, values: [{ code: 'E', label: '建筑业' }] },
  { name: 'DARK', complete: null, values: [] },
]);
const good = { CODE: 'E6205000608003668001001', NAME: '一标段', ORG: '1' } as const;
const judge = (fields: Record<string, string>, sourceKind: SourceKind = 'SYSTEM', record: Partial<WireRecord> = {}) =>
  validateRecord(lot, { dataset: 'LOT', dataKey: undefined, op: 'put', fields, ...record }, { codes, sourceKind });
const told = (fields: Record<string, string>, sourceKind: SourceKind = 'SYSTEM') => {
  const { refusals, warnings } = judge({ ...good, ...fields }, sourceKind);
  return [...refusals, ...warnings].map(({ rule, severity, field }) => `${severity} ${rule} ${field}`);
};

describe('the law over one record', () => {
  test('a good record breaks nothing', () => {
    expect(judge({ ...good, DATA_TIMESTAMP: '20260814101200', UNKNOWN_BUT_BLANK: ' ' })).toEqual({ refusals: [], warnings: [] });
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['too long', { NAME: '一二三四五六七八九十一' }, ['refusal LENGTH NAME']],
    ['ten characters beyond the basic plane', { NAME: '𠮷'.repeat(10) }, []],
    ['shorter than fixed', { CODE: 'E620500' }, ['warning LENGTH CODE', 'warning IDENTIFIER_SHAPE CODE']],
    ['no number', { PRICE: '面议' }, ['refusal NUMBER PRICE']],
    ['too many digits', { PRICE: '0.1234567' }, ['refusal DIGITS PRICE']],
    ['no 32-bit integer', { ROUNDS: '3000000000' }, ['refusal NUMBER ROUNDS']],
    ['an impossible day', { OPENS: '20260230100000' }, ['refusal DATE OPENS']],
    ['an odd date', { OPENS: '2026/02/28' }, ['warning DATE_FORM OPENS']],
    ['an odd timestamp', { DATA_TIMESTAMP: '2026-02-28 10:00' }, ['warning DATE_FORM DATA_TIMESTAMP']],
    ['a code outside a complete list', { ORG: '7' }, ['refusal CODE_UNKNOWN ORG']],
    ['a code outside a part', { INDUSTRY: 'N77' }, ['warning CODE_UNKNOWN INDUSTRY']],
    ['a code below a known one', { INDUSTRY: 'E47' }, []],
    ['codes of a list nobody knows', { DARK: '1;2' }, []],
    ['neither yes nor no', { YES: '3' }, ['refusal CODE_UNKNOWN YES']],
    ['no direction', { DIRECTION: 'UP' }, ['refusal ENUM_UNKNOWN DIRECTION']],
    ['a wrong check character', { DEAL: 'D03-12350100MB02709751-20200319-102642-5' }, ['warning CHECK_CHARACTER DEAL']],
    [
      'a wrong check in a list',
      { WINNER: '甲;乙', WINNER_CODE: '91440300093677087R;91359128593462349A' },
      ['warning CHECK_CHARACTER WINNER_CODE'],
    ],
    ['a web address', { URL: 'https://trade.example/公告/1' }, []],
    ['what is no web address', { URL: 'javascript:alert(1)' }, ['warning IDENTIFIER_SHAPE URL']],
    ['unequal lists', { WINNER: '甲;乙;丙', WINNER_CODE: 'HK-1;HK-2' }, ['warning PARTY_LISTS_UNEQUAL WINNER']],
    ['more than 30 亿元', { PRICE: '300000.000001', UNIT: '1' }, ['warning AMOUNT_IMPLAUSIBLE PRICE']],
    ['30 亿元', { PRICE: '300000', UNIT: '1' }, []],
    ['a field the dataset has not', { NMAE: 'x' }, ['warning FIELD_UNKNOWN NMAE']],
    ['a control character', { NAME: 'a\u0000' }, ['refusal TEXT_UNREADABLE NAME']],
    ['half a character', { NMAE: '\uD83D' }, ['refusal TEXT_UNREADABLE NMAE', 'warning FIELD_UNKNOWN NMAE']],
    ['no agency though delegated', { ORG: '2' }, ['refusal REQUIRED_WHEN AGENCY']],
    ['an agency', { ORG: '2', AGENCY: '代理公司' }, []],
    ['a required field blank', { ORG: '  ' }, ['refusal REQUIRED_MISSING ORG']],
  ])('%s', (_, fields, expected) => expect(told(fields)).toEqual(expected));

  test('in a list the refusal outweighs the warning', () => {
    expect(told({ BIDS: '12;1234' })).toEqual(['refusal LENGTH BIDS']);
    expect(told({ BIDS: '1234;12' })).toEqual(['refusal LENGTH BIDS']);
    expect(told({ BIDS: '123;12' })).toEqual(['warning LENGTH BIDS']);
  });

  test('published records are taken with what they lack, unless the graph promises the field', () => {
    expect(told({ ORG: '2' }, 'PUBLISHED')).toEqual(['warning REQUIRED_WHEN AGENCY']);
    expect(told({ ORG: '' }, 'PUBLISHED')).toEqual(['warning REQUIRED_MISSING ORG']);
    expect(told({ ORG: '' }, 'DEMONSTRATION')).toEqual(['refusal REQUIRED_MISSING ORG']);
    expect(told({ NAME: '' }, 'PUBLISHED')).toEqual(['refusal REQUIRED_MISSING NAME']);
  });

  test('what one province added binds that province only: in a dataset of its own its absence is a warning to who sends', () => {
    const judgeLocal = (fields: Record<string, string>, sourceKind: SourceKind) => {
      const { refusals, warnings } = validateRecord(local, { dataset: 'LOCAL', dataKey: 'k', op: 'put', fields }, { codes, sourceKind });
      return [...refusals, ...warnings].map(({ rule, severity, field }) => `${severity} ${rule} ${field}`);
    };
    expect(judgeLocal({ NAME: 'x' }, 'SYSTEM')).toEqual(['warning REQUIRED_MISSING AREA', 'warning REQUIRED_WHEN TERM']);
    expect(judgeLocal({ NAME: 'x' }, 'DEMONSTRATION')).toEqual(['warning REQUIRED_MISSING AREA', 'warning REQUIRED_WHEN TERM']);
    expect(judgeLocal({ NAME: 'x' }, 'PUBLISHED')).toEqual([]);
    expect(judgeLocal({ AREA: 'y' }, 'SYSTEM')).toEqual(['refusal REQUIRED_MISSING NAME']);
    expect(told({ LOCAL: '' })).toEqual([]);
  });

  test("a person's identity number in a key is refused and not quoted; a withdrawal of it is let through", () => {
    const number = '11010519491231002X';
    const judgeKey = (dataKey: string, op: 'put' | 'withdraw') =>
      validateRecord(
        local,
        { dataset: 'LOCAL', dataKey, op, fields: op === 'put' ? { NAME: 'x' } : {} },
        { codes, sourceKind: 'PUBLISHED' },
      );
    expect(judgeKey(`city:${number}`, 'put')).toEqual({
      refusals: [
        {
          rule: 'KEY_PERSON_NUMBER',
          severity: 'refusal',
          field: '',
          messageZh: '主键含有个人身份证号；主键是公开标识的一部分，请换用不含个人信息的 DATA_KEY。',
          messageEn: 'The key holds an identity number of a person; it is part of a public id. Use a DATA_KEY without personal data.',
        },
      ],
      warnings: [],
    });
    expect(judgeKey(number, 'withdraw').refusals).toEqual([]);
    expect(judgeKey('440100202611220001', 'put').refusals).toEqual([]);
  });

  test('everything at once, in the order of the rules', () => {
    const { refusals, warnings } = judge({ NAME: '', ORG: '7', OPENS: '2026/02/28', PRICE: 'x' });
    expect(refusals).toEqual([
      {
        rule: 'KEY_MISSING',
        severity: 'refusal',
        field: '',
        messageZh: '缺少主键：须有 DATA_KEY，或全部主键字段 CODE。',
        messageEn: 'No key: DATA_KEY is needed, or all of CODE.',
      },
      {
        rule: 'REQUIRED_MISSING',
        severity: 'refusal',
        field: 'NAME',
        messageZh: '必填字段缺失。',
        messageEn: 'A required field is missing.',
      },
      {
        rule: 'REQUIRED_MISSING',
        severity: 'refusal',
        field: 'CODE',
        messageZh: '必填字段缺失。',
        messageEn: 'A required field is missing.',
      },
      {
        rule: 'NUMBER',
        severity: 'refusal',
        field: 'PRICE',
        messageZh: '不是数字（类型 N..20,6）。',
        messageEn: 'Not a number (type N..20,6).',
        value: 'x',
      },
      {
        rule: 'CODE_UNKNOWN',
        severity: 'refusal',
        field: 'ORG',
        messageZh: '不在代码表 ORG 中。',
        messageEn: 'Not in code list ORG.',
        value: '7',
      },
    ]);
    expect(warnings.map(({ rule }) => rule)).toEqual(['DATE_FORM']);
  });

  test('a withdrawal brings its key and nothing else is asked', () => {
    expect(judge({}, 'SYSTEM', { op: 'withdraw', dataKey: 'k' })).toEqual({ refusals: [], warnings: [] });
    expect(judge({}, 'SYSTEM', { op: 'withdraw' }).refusals.map(({ rule }) => rule)).toEqual(['KEY_MISSING']);
  });

  test('without key fields DATA_KEY is needed; a key has its bounds', () => {
    const judged = (dataKey: string | undefined) =>
      validateRecord(keyless, { dataset: 'KEYLESS', dataKey, op: 'put', fields: { NAME: 'x' } }, { codes, sourceKind: 'SYSTEM' }).refusals;
    expect(judged(undefined).map(({ messageZh }) => messageZh)).toEqual(['缺少 DATA_KEY，该数据集没有其他主键。']);
    expect(judged('k'.repeat(500))).toEqual([]);
    expect(judged('k'.repeat(501)).map(({ rule }) => rule)).toEqual(['KEY_TOO_LONG']);
    expect(judged('k\u0007').map(({ rule, field }) => [rule, field])).toEqual([['TEXT_UNREADABLE', '']]);
  });

  test('no message quotes what was sent', () => {
    const secret = '★秘密★';
    const fields = Object.fromEntries(lot.fields.flatMap(({ wire }) => wire.map(({ code }) => [code, secret.repeat(9)])));
    const { refusals, warnings } = judge({ ...fields, OTHER: secret });
    expect([...refusals, ...warnings].length).toBeGreaterThan(9);
    for (const { messageZh, messageEn } of [...refusals, ...warnings]) expect(messageZh + messageEn).not.toContain('秘密');
  });

  test('ids are permanent', () => {
    expect(rules.map(({ id }) => id).join(' ')).toBe(
      'KEY_MISSING KEY_TOO_LONG KEY_PERSON_NUMBER TEXT_UNREADABLE FIELD_UNKNOWN REQUIRED_MISSING REQUIRED_WHEN LENGTH NUMBER ' +
        'DIGITS DATE DATE_FORM CODE_UNKNOWN ENUM_UNKNOWN IDENTIFIER_SHAPE CHECK_CHARACTER PARTY_LISTS_UNEQUAL AMOUNT_IMPLAUSIBLE',
    );
  });
});

describe('values in a report', () => {
  const shown = (field: string, value?: string) =>
    shownValue(lot, { rule: 'X', severity: 'warning', field, messageZh: '', messageEn: '', ...(value === undefined ? {} : { value }) });

  test('of public fields as sent, cut when long', () => {
    expect(shown('NAME', '一标段')).toBe('一标段');
    expect(shown('NAME', '𠮷'.repeat(81))).toBe(`${'𠮷'.repeat(80)}…`);
    expect(shown('NAME')).toBeUndefined();
  });

  test("masked where the field is hidden or unknown, or the value is a person's number", () => {
    expect(shown('DEAL', 'D03')).toBe('***');
    expect(shown('OTHER', 'x')).toBe('***');
    expect(shown('WINNER_CODE', '11010519491231002X')).toBe('***');
    expect(shown('WINNER_CODE', 'G12345678')).toBe('***');
  });
});
