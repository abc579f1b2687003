import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Group, mergeGroups } from './group.ts';

const group = (direction: string | null, codes: readonly string[], sums: Group['sums']): Group => ({
  keys: { direction, key: codes.map((code) => ({ code, label: null })) },
  sums,
});

describe('partitioning.md «Group»', () => {
  test('equal keys are added up exactly; null is nothing, not zero', () => {
    const merged = mergeGroups(
      [
        [group('PUBLIC_PAYS', ['A01'], { deals: 2, price: '0.1', saved: null, bidders: null })],
        [group('PUBLIC_PAYS', ['A01'], { deals: 3, price: '0.2', saved: '12345678901234567890.000001', bidders: null })],
        [group('PUBLIC_RECEIVES', ['A01'], { deals: 1, price: '5', saved: null, bidders: 7 })],
      ],
      10,
    );
    expect(merged).toEqual([
      group('PUBLIC_PAYS', ['A01'], { deals: 5, price: '0.3', saved: '12345678901234567890.000001', bidders: null }),
      group('PUBLIC_RECEIVES', ['A01'], { deals: 1, price: '5', saved: null, bidders: 7 }),
    ]);
  });

  test('a code is one group whatever its label, and takes the label that somebody knows', () => {
    const labelled: Group = { keys: { direction: null, key: [{ code: 'A01', label: '房建' }] }, sums: { deals: 1 } };
    expect(mergeGroups([[group(null, ['A01'], { deals: 1 })], [labelled]], 10)).toEqual([{ ...labelled, sums: { deals: 2 } }]);
  });

  test('groups come in the order of their keys, bytes ascending, nulls last', () => {
    const merged = mergeGroups([[group(null, ['a'], {}), group('B', ['（'], {}), group('B', ['𠮷'], {}), group('A', ['z'], {})]], 10);
    expect(merged.map(({ keys }) => keys)).toEqual([
      group('A', ['z'], {}).keys,
      group('B', ['（'], {}).keys,
      group('B', ['𠮷'], {}).keys,
      group(null, ['a'], {}).keys,
    ]);
  });

  test('above the cap there is an error, never a truncation', () => {
    const groups = Array.from({ length: 11 }, (_, index) => group('A', [String(index)], { deals: 1 }));
    expect(mergeGroups([groups], 11)).toHaveLength(11);
    expect(() => mergeGroups([groups], 10)).toThrow(expect.objectContaining({ code: 'GROUPS_TOO_MANY' }));
  });

  test('P4: however rows are spread over systems, the groups are those of one table', () => {
    const row = fc.record({
      code: fc.constantFrom('a', 'b', 'c'),
      cents: fc.bigInt({ min: -9_999_999_999_999n, max: 9_999_999_999_999n }),
      at: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const groupsOf = (own: typeof rows) =>
          mergeGroups([own.map(({ code, cents }) => group('A', [code], { deals: 1, price: decimal(cents) }))], 10);
        const spread = Map.groupBy(rows, ({ at }) => at);
        expect(mergeGroups([...spread.values()].map(groupsOf), 10)).toEqual(groupsOf(rows));
      }),
    );
  });
});

function decimal(cents: bigint): string {
  const text = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}
