import { describe, expect, test } from 'vitest';

import { readContract } from '../read-contract.ts';
import type { WireFields } from '../wire-record.ts';
import { decodeField } from './decode-field.ts';
import { indexValue } from './index-value.ts';

const [price, fee] =
  readContract(`extend schema @contract(name: "c", version: "1.0.0", edition: "e", title: "t")
  type T @dataset(code: "T", key: [], why: "w") {
    price: Money @wire(code: "A", type: "N..20,6", part: "amount") @wire(code: "C", type: "C3", part: "currency", list: "CURRENCY")
      @wire(code: "U", type: "C1", part: "unit", list: "PRICE_UNIT") @wire(code: "F", type: "C1", part: "form", list: "PRICE_FORM_CODE")
      @wire(code: "T", type: "C..ul", part: "text")
    fee: Money @wire(code: "FEE", type: "N..20,6", part: "amount") @wire(code: "", type: "C1", part: "unit", list: "PRICE_UNIT", fixed: "1")
  }`).datasets[0]?.fields ?? [];
const labels = (list: string, code: string) => (code === '9' ? undefined : `${list}-${code}`);
const yuan = (fields: WireFields) => price && indexValue(price, fields);

describe('money (standard/identifiers.md 13)', () => {
  test('the whole tuple', () => {
    expect(price && decodeField(price, { A: '140.330', C: '156', U: '1', F: '1' }, labels)).toEqual({
      yuan: '1403300',
      amount: '140.330',
      currency: { code: '156', label: 'CURRENCY-156' },
      unit: { code: '1', label: 'PRICE_UNIT-1' },
      form: { code: '1', label: 'PRICE_FORM_CODE-1' },
      text: null,
    });
  });

  test.each<[string, WireFields, string | null]>([
    ['yuan', { A: '5', U: '0' }, '5'],
    ['ten thousand yuan', { A: '5', U: '1', C: '156' }, '50000'],
    ['no unit', { A: '5', C: '156' }, null],
    ['an unknown unit', { A: '5', U: '2' }, null],
    ['dollars', { A: '5', U: '0', C: '840' }, null],
    ['a rate', { A: '5', U: '0', F: '2' }, null],
    ['a unit price', { A: '5', U: '0', F: '3' }, null],
    ['no number', { A: '五', U: '0' }, null],
    ['nothing', {}, null],
  ])('%s', (_, fields, expected) => expect(yuan(fields)).toBe(expected));

  test('a price in words is money without a number', () => {
    expect(price && decodeField(price, { F: '9', T: '下浮 5%' }, labels)).toEqual({
      yuan: null,
      amount: null,
      currency: null,
      unit: null,
      form: { code: '9', label: null },
      text: '下浮 5%',
    });
  });

  test('a unit alone is no money', () => expect(price && decodeField(price, { U: '1', C: '156' }, labels)).toBeNull());

  test('what the sheet fixes counts as sent, once an amount is', () => {
    expect(fee && [indexValue(fee, { FEE: '2' }), decodeField(fee, {}, labels)]).toEqual(['20000', null]);
  });

  test('a number the graph cannot write as it came is written canonically', () => {
    expect(price && decodeField(price, { A: '+5.' }, labels)).toMatchObject({ amount: '5', yuan: null });
  });
});
