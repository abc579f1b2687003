import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type SortKey, type SortOrder, compareBytes, compareKeys, decodeSystemCursor, encodeSystemCursor, sortKindOf } from './sort-key.ts';

// «binary»: every scalar value, so that the BMP's end and the supplementary planes meet.
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('a', 'é', '（', '￿', '\uE000', '𠮷', '𠮸', '甲') }));
const decimal = fc
  .tuple(fc.integer({ min: -9999, max: 9999 }), fc.stringMatching(/^\d{0,3}$/))
  .map(([whole, fraction]) => (fraction === '' ? `${whole}` : `${whole}.${fraction}`));
const ids = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 3 });

function keys(value: fc.Arbitrary<string>): fc.Arbitrary<SortKey> {
  const optional: fc.Arbitrary<string | null> = fc.option(value, { nil: null });
  return fc.tuple(optional, ids);
}

const orders: readonly (SortOrder & { readonly key: fc.Arbitrary<SortKey> })[] = [
  { kind: 'bytes', descending: false, key: keys(text) },
  { kind: 'bytes', descending: true, key: keys(text) },
  { kind: 'decimal', descending: false, key: keys(decimal) },
  { kind: 'decimal', descending: true, key: keys(decimal) },
];

describe('text is ordered by UTF-8 bytes (design/partitioning.md «Order»)', () => {
  test("`（` comes before `𠮷`, where JavaScript's own order says otherwise", () => {
    expect(compareBytes('（', '𠮷')).toBeLessThan(0);
    expect(['（', '𠮷'].toSorted()).toEqual(['𠮷', '（']);
  });

  test('as Buffer.compare orders', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe.each(orders)('the order of $kind, descending: $descending', (order) => {
  const compare = compareKeys(order);
  const { key } = order;

  test('is total: antisymmetric, transitive, and equal only for one and the same place', () => {
    fc.assert(
      fc.property(key, key, key, (a, b, c) => {
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
        const [x = a, y = a, z = a] = [a, b, c].toSorted(compare);
        expect([compare(x, y) <= 0, compare(y, z) <= 0, compare(x, z) <= 0]).toEqual([true, true, true]);
        expect(a[1] === b[1] || compare(a, b) !== 0).toBe(true);
        expect(compare(a, a)).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test('puts rows without a value last', () => {
    fc.assert(
      fc.property(key, ids, ([value, id], other) => {
        expect(value === null || compare([value, id], [null, other]) < 0).toBe(true);
      }),
    );
  });

  test('breaks ties by id, ascending in both directions', () => {
    fc.assert(
      fc.property(key, ids, ([value, id], other) => {
        expect(Math.sign(compare([value, id], [value, other]))).toBe(Math.sign(compareBytes(id, other)));
      }),
    );
  });

  test('values go up, or down', () => {
    const [less, more]: [SortKey, SortKey] = [
      ['2', 'z'],
      ['3', 'a'],
    ];
    expect(Math.sign(compare(less, more))).toBe(order.descending ? 1 : -1);
  });
});

describe('numbers', () => {
  test('are compared as numbers, exactly', () => {
    const compare = compareKeys({ kind: 'decimal', descending: false });
    const sorted = ['-2', '-10', '9.5', '10', '9.50000000000000000001', '0'].map((value): SortKey => [value, 'x']).toSorted(compare);
    expect(sorted.map(([value]) => value)).toEqual(['-10', '-2', '0', '9.5', '9.50000000000000000001', '10']);
  });

  test.each([
    ['Int', 'decimal'],
    ['Decimal', 'decimal'],
    ['Money', 'decimal'],
    ['String', 'bytes'],
    ['Code', 'bytes'],
    ['DateTime', 'bytes'],
    ['Date', 'bytes'],
    ['CreditCode', 'bytes'],
  ])('%s is compared as %s', (graphType, kind) => expect(sortKindOf(graphType)).toBe(kind));
});

describe("a system's cursor", () => {
  test('is base64url of the JSON of the sort key', () => {
    expect(encodeSystemCursor(['2026-11-22T02:00:00.000000Z', 'aWQ'])).toBe(
      Buffer.from('["2026-11-22T02:00:00.000000Z","aWQ"]').toString('base64url'),
    );
  });

  test('gives back the sort key', () => {
    fc.assert(
      fc.property(keys(text), (key) => {
        expect(decodeSystemCursor(encodeSystemCursor(key))).toEqual(key);
      }),
    );
  });

  test.each([
    ['empty', ''],
    ['no JSON', Buffer.from('[').toString('base64url')],
    ['no list', Buffer.from('{}').toString('base64url')],
    ['one value', Buffer.from('["a"]').toString('base64url')],
    ['three values', Buffer.from('["a","b","c"]').toString('base64url')],
    ['a number for a value', Buffer.from('[1,"b"]').toString('base64url')],
    ['no id', Buffer.from('["a",null]').toString('base64url')],
  ])('%s is none', (_, cursor) => expect(decodeSystemCursor(cursor)).toBeUndefined());
});
