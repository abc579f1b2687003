import { describe, expect, test } from 'vitest';

import type { Dataset } from './contract.ts';
import { readContract } from './read-contract.ts';
import { recordKey } from './record-key.ts';
import type { WireRecord } from './wire-record.ts';

const [two, none, shared] = readContract(`extend schema @contract(name: "c", version: "1.0.0", edition: "e", title: "t")
  type Two @dataset(code: "TWO", key: ["CODE", "NO"], why: "w") {
    code: String @wire(code: "CODE", type: "C..9", id: "tenderProjectCode")
    no: String @wire(code: "NO", type: "C..9")
  }
  type None @dataset(code: "NONE", key: [], why: "w") { no: String @wire(code: "NO", type: "C..9") }
  type Shared @dataset(code: "SHARED", key: ["NO"], byFields: true, why: "w") { no: String @wire(code: "NO", type: "C..9") }`).datasets;

const key = (dataset: Dataset | undefined, record: Partial<WireRecord>) =>
  dataset && recordKey(dataset, { dataset: dataset.code, dataKey: undefined, op: 'put', fields: {}, ...record });

describe('the key of a record', () => {
  test("the sender's DATA_KEY wins, as it is", () => {
    expect(key(two, { dataKey: ' k1 ', fields: { CODE: 'a', NO: '1' } })).toBe('k1');
  });

  test('else the key fields, identifiers in upper case', () => {
    expect(key(two, { fields: { CODE: ' e44 ', NO: 'x' } })).toBe('E44|x');
    expect(key(two, { dataKey: ' ', fields: { CODE: 'e44', NO: 'x' } })).toBe('E44|x');
  });

  test('of a thing that many senders tell of: the key fields, whatever their DATA_KEYs', () => {
    expect(['k1', 'k2', undefined].map((dataKey) => key(shared, { dataKey, fields: { NO: '1' } }))).toEqual(['1', '1', '1']);
    expect(key(shared, { dataKey: 'k1' })).toBeUndefined();
  });

  test('joined so that no two keys are one', () => {
    expect(key(two, { fields: { CODE: 'A|B', NO: 'C' } })).toBe('A%7CB|C');
    expect(key(two, { fields: { CODE: 'A', NO: 'B|C' } })).toBe('A|B%7CC');
    expect(key(two, { fields: { CODE: 'A%7CB', NO: 'C' } })).toBe('A%257CB|C');
  });

  test('none when a field is absent or the dataset has none', () => {
    expect(key(two, { fields: { CODE: 'A', NO: ' ' } })).toBeUndefined();
    expect(key(none, { fields: { NO: '1' } })).toBeUndefined();
  });
});
