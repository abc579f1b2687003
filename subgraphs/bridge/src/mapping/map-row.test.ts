/**
 * The closed list of transforms, one row at a time. @see subgraphs/bridge/README.md «映射 · Mapping»
 */
import { describe, expect, test } from 'vitest';

import { type FieldRule, fieldRule } from './field-rule.ts';
import { mapRow, rowKey } from './map-row.ts';
import { printTime, readTime } from './time-format.ts';

const made = (rule: unknown, text: string | null): string | undefined => {
  const parsed: FieldRule = fieldRule.parse(rule);
  const entry = { dataset: 'D', from: 'v', key: ['id'], fields: { F: parsed } };
  const { record, refusals } = mapRow(entry, { id: '1', c: text });
  return refusals[0]?.rule ?? record.fields['F'];
};

describe('transforms', () => {
  test.each<[string, unknown, string | null, string | undefined]>([
    ['a column as it is, without blanks around it', 'c', '  星城 ', '星城'],
    ['nothing stays nothing', 'c', null, undefined],
    ['blank stays nothing', 'c', '  ', undefined],
    ['of several columns the first that is there', { from: ['b', 'c'] }, 'x', 'x'],
    ['a constant', { value: '156' }, null, '156'],
    ['time: what PostgreSQL writes', { from: 'c', as: 'time' }, '2026-08-31 16:30:00.123+00', '20260901003000'],
    ['time: what MySQL writes, UTC+8', { from: 'c', as: 'time' }, '2026-09-01 00:30:00', '20260901003000'],
    ['time: ISO', { from: 'c', as: 'time' }, '2026-08-31T16:30:00Z', '20260901003000'],
    ['time: Chinese', { from: 'c', as: 'time' }, '2026年9月1日 8时05分', '20260901080500'],
    ['time: a form of one’s own', { from: 'c', as: 'time', formats: ['d.M.yyyy H:mm'] }, '1.9.2026 8:05', '20260901080500'],
    ['time: the second of two forms', { from: 'c', as: 'time', formats: ['yyyy', 'epochMillis'] }, '1788193800000', '20260901003000'],
    ['date: seconds since 1970', { from: 'c', as: 'date', formats: ['epochSeconds'] }, '1788193800', '20260901'],
    ['time: a day the calendar does not have', { from: 'c', as: 'time', formats: ['yyyy-MM-dd'] }, '2026-02-30', 'VALUE_UNREADABLE'],
    ['time: not of the form', { from: 'c', as: 'time', formats: ['yyyy-MM-dd'] }, '2026/02/03', 'VALUE_UNREADABLE'],
    ['number: thousands and signs', { from: 'c', as: 'number' }, '￥1,234.50', '1234.50'],
    ['number: 万元 → 元, exactly', { from: 'c', as: 'number', shift: 4 }, '0.1234567', '1234.567'],
    ['number: none', { from: 'c', as: 'number' }, '面议', 'VALUE_UNREADABLE'],
    ['flag', { from: 'c', as: 'flag' }, '是', '1'],
    ['flag: PostgreSQL’s', { from: 'c', as: 'flag' }, 'false', '0'],
    ['flag: none', { from: 'c', as: 'flag' }, '也许', 'VALUE_UNREADABLE'],
    ['a code', { from: 'c', codes: { 工程: 'construction' } }, '工程', 'construction'],
    ['a code that is not in the table', { from: 'c', codes: { 工程: 'construction' } }, '采购', 'VALUE_UNMAPPED'],
    ['a code by the name of an inherited property', { from: 'c', codes: { 工程: 'construction' } }, 'constructor', 'VALUE_UNMAPPED'],
    ['otherwise', { from: 'c', codes: {}, otherwise: 'other' }, '采购', 'other'],
    ['several values', { from: 'c', separators: ['、', '，'] }, '甲、乙， 丙', '甲;乙;丙'],
    ['several codes', { from: 'c', codes: { a: '1', b: '2' }, separators: [','] }, 'a,b', '1;2'],
  ])('%s', (_, rule, text, expected) => expect(made(rule, text)).toBe(expected));
});

describe('the row’s key', () => {
  test('of several columns is told apart from any other', () => {
    expect(rowKey(['a', 'b'], { a: 'x|y', b: 'z' })).toBe('x%7Cy|z');
    expect(rowKey(['a', 'b'], { a: 'x', b: 'y|z' })).toBe('x|y%7Cz');
  });

  test('is needed in every part', () => {
    expect(rowKey(['a', 'b'], { a: 'x', b: ' ' })).toBeUndefined();
    const entry = { dataset: 'D', from: 'v', key: ['a'], fields: {} };
    expect(mapRow(entry, {}).refusals.map(({ rule }) => rule)).toEqual(['ROW_KEY_MISSING']);
  });
});

test('a form writes what it reads', () => {
  const ms = Date.parse('2026-09-01T08:05:09+08:00');
  expect(['yyyy-MM-dd HH:mm:ss', 'yyyyMMddHHmmss', 'M/d H:m:s', 'epochMillis', 'epochSeconds'].map((form) => printTime(form, ms))).toEqual([
    '2026-09-01 08:05:09',
    '20260901080509',
    '9/1 8:5:9',
    String(ms),
    String(ms / 1000),
  ]);
  expect(readTime('yyyyMMddHHmmss', '20260901080509')).toBe('2026-09-01 08:05:09');
});
