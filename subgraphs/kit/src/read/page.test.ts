import { type SortKey, compareKeys, indexValue, encodeRecordId, sortKindOf } from '@hub/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SystemStore } from '../graph/context.ts';
import { columnTypes, columnsOf } from '../store/columns.ts';
import { accept, put } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';
import { thing, toyContract } from '../testing/toy-contract.ts';

import { type Filter, matching } from './filter.ts';
import { type Order, readOrder } from './order.ts';
import { countRows, readPage } from './page.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore({ contracts: [toyContract] });
});
afterAll(() => opened[Symbol.asyncDispose]());

type Wire = Readonly<Record<string, string>>;
const numRuns = process.env['HUB_SIZES'] === 'full' ? 500 : 40;

const text = fc.string({
  unit: fc.constantFrom('（', '𠮷', 'a', 'A', 'Ａ', '公', '告', '道', '%', '_', '\\', "'", ';', ' ', '~'),
  maxLength: 4,
});
const number = fc.oneof(
  fc.constantFrom('0', '-0', '1', '1.0', '1.50', '01.5', '-3', '10', '9', '0.000001', '+2'),
  fc.integer({ min: -20, max: 20 }).map(String),
);
const instant = fc.constantFrom(
  '20260801100000',
  '2026-08-01 10:00:00.000001',
  '2026-08-01T02:00:00Z',
  '2026-08-01T10:00:00.123456+08:00',
  '2026-08-01T10:00:00.1234567+08:00',
  '2026/8/1',
  '19000101000000',
  '9999-12-31 23:59:59',
);
const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
  NAME: text,
  TITLE: text,
  CODE: fc.constantFrom('L1', 'l1', 'L2', 'Ｌ2'),
  GUID: fc.constantFrom('ab-1', 'AB-1', 'cd'),
  KIND: fc.constantFrom('1', '2', 'a', 'A'),
  REGION: fc.constantFrom('990000', '990100', '990101', '980100'),
  AT: instant,
  DAY: fc.constantFrom('20260801', '20260802', '19000101', '99991231'),
  WEIGHT: number,
  PRICE: number,
  PRICE_UNIT: fc.constantFrom('0', '1'),
  COUNT: fc.integer({ min: -5, max: 5 }).map(String),
  FLAG: fc.constantFrom('0', '1'),
  LOTS: fc.constantFrom('L1', 'l1;L2', 'L2; ;L3', ';'),
  OWNER: fc.array(text, { maxLength: 3 }).map((names) => names.join(';')),
  OWNER_CODE: fc.constantFrom('c1', 'C1;C2', 'C3'),
  PLATFORM_CODE: fc.constantFrom('Y1000000TEST00001A', 'SOMEBODY ELSE'),
};
const wire: fc.Arbitrary<Wire> = fc
  .record(values, { requiredKeys: [] })
  .map((fields) => Object.fromEntries(Object.entries(fields).flatMap(([code, value]) => (value === undefined ? [] : [[code, value]]))));
const wires = fc.array(wire, { maxLength: 40 });

async function fill(rows: readonly Wire[]): Promise<SystemStore> {
  const target = opened.system();
  const answers = await accept(
    target,
    rows.map((fields, place) => put('THING', `k${place}`, fields)),
  );
  expect(answers.flatMap(({ refusals }) => refusals)).toEqual([]);
  return target;
}

const idOf = ({ system }: SystemStore, place: number): string => encodeRecordId({ system: system.code, type: 'Thing', key: `k${place}` });

/** What the order compares, as the law reads it from the wire. */
function sortValue(name: string, row: Wire): string | null {
  const field = thing.fields.find((candidate) => candidate.name === name);
  const value = field === undefined ? null : indexValue(field, row);
  return value === null || typeof value === 'object' ? null : String(value);
}

async function walk({ store, system }: SystemStore, order: Order, sizes: readonly number[]): Promise<readonly SortKey[]> {
  const keys: SortKey[] = [];
  for (let turn = 0; ; turn += 1) {
    const first = sizes[turn % sizes.length] ?? 1;
    const rows = await readPage(store.db, thing, { system: system.code, filter: undefined, order, first, after: keys.at(-1) });
    keys.push(...rows.map(({ sort, id }): SortKey => [sort, id]));
    if (rows.length < first) return keys;
  }
}

const ordered = thing.fields.filter(({ orderable }) => orderable);

describe('partitioning.md «Order»: pages walked in any sizes are the rows in the one total order', () => {
  test.each(ordered.flatMap(({ name }) => ['ASC', 'DESC'].map((direction) => [name, direction] as const)))(
    'by %s %s',
    { timeout: 600_000 },
    async (name, direction) => {
      const field = ordered.find((candidate) => candidate.name === name);
      const order = readOrder(thing, `${name.toUpperCase()}_${direction}`);
      if (field === undefined || order === undefined) throw new RangeError(name);
      const compare = compareKeys({ kind: sortKindOf(field.graphType), descending: direction === 'DESC' });
      await fc.assert(
        fc.asyncProperty(wires, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }), async (rows, sizes) => {
          const target = await fill(rows);
          const expected = rows.map((row, place): SortKey => [sortValue(name, row), idOf(target, place)]).toSorted(compare);
          expect(await walk(target, order, sizes)).toEqual(expected);
        }),
        { numRuns: Math.ceil(numRuns / 4) },
      );
    },
  );

  test('all kinds of columns that can be ordered are among them', () => {
    const kinds = ordered.flatMap(columnsOf).map(({ kind }) => kind);
    const unordered = ['textList', 'boolean'];
    expect([...new Set(kinds)].toSorted()).toEqual(
      Object.keys(columnTypes)
        .filter((kind) => !unordered.includes(kind))
        .toSorted(),
    );
  });
});

/** A filter and the same in words of JavaScript. */
interface Case {
  readonly filter: Filter;
  readonly holds: (row: Wire) => boolean;
}

const fieldOf = (name: string) => {
  const field = thing.fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw new RangeError(name);
  return field;
};
const index = (name: string, row: Wire) => indexValue(fieldOf(name), row);
const latinLower = (value: string): string => value.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
const holdsText = (value: unknown, words: string): boolean => typeof value === 'string' && latinLower(value).includes(latinLower(words));
const compared = (name: string, row: Wire, operand: string): number | undefined => {
  const value = sortValue(name, row);
  if (value === null) return undefined;
  return compareKeys({ kind: sortKindOf(fieldOf(name).graphType), descending: false })([value, ''], [operand, '']);
};
const partyOf = (row: Wire): { readonly names: readonly string[]; readonly codes: readonly string[] } => {
  const value = index('owners', row);
  return value !== null && typeof value === 'object' && 'names' in value ? value : { names: [], codes: [] };
};
const words = text.filter((value) => value !== '');

const equals = (name: string, operands: fc.Arbitrary<string>, fold = (value: string) => value): fc.Arbitrary<Case> =>
  fc.array(operands, { maxLength: 3 }).map((wanted) => ({
    filter: { [name]: { in: wanted } },
    holds: (row) => wanted.map(fold).includes(String(index(name, row))),
  }));
const contains = (name: string): fc.Arbitrary<Case> =>
  words.map((wanted) => ({ filter: { [name]: { text: wanted } }, holds: (row) => holdsText(index(name, row), wanted) }));
const between = (name: string, operands: fc.Arbitrary<string>): fc.Arbitrary<Case> =>
  fc.tuple(operands, fc.option(operands)).map(([gte, lt]) => ({
    filter: { [name]: { gte, lt } },
    holds: (row) => (compared(name, row, gte) ?? -1) >= 0 && (lt === null || (compared(name, row, lt) ?? 1) < 0),
  }));
const upper = (value: string): string => value.toUpperCase();

const cases: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  'in, short text': equals('name', text),
  'in, long text': equals('title', text),
  'in, identifier, whatever its case': equals('code', fc.constantFrom('l1', 'L2', 'x'), upper),
  'in, text with an identifier’s rule, whatever its case': equals('guid', fc.constantFrom('ab-1', 'CD'), upper),
  'in, code, as it is': equals('kind', fc.constantFrom('1', 'a')),
  'in, whole numbers': fc.array(fc.integer({ min: -5, max: 5 })).map((wanted) => ({
    filter: { count: { in: wanted } },
    holds: (row) => wanted.some((value) => value === index('count', row)),
  })),
  'in, list': fc.array(fc.constantFrom('l1', 'L3')).map((wanted) => ({
    filter: { lots: { in: wanted } },
    holds: (row) => [index('lots', row)].flat().some((value) => wanted.map(upper).includes(String(value))),
  })),
  'text, short': contains('name'),
  'text, long': contains('title'),
  'gte and lt, instants': between('at', fc.constantFrom('2026-08-01T02:00:00.000000Z', '2026-08-01T02:00:00.123456Z')),
  'gte and lt, days': between('day', fc.constantFrom('2026-08-01', '1900-01-01')),
  'gte and lt, decimals': between('weight', fc.constantFrom('0', '1.5', '-3')),
  'gte and lt, money in yuan': between('price', fc.constantFrom('0', '15000', '10')),
  'gte and lt, whole numbers': between('count', fc.constantFrom('0', '3')),
  'within a region': fc
    .constantFrom(['990000', '99'], ['990100', '9901'], ['990101', '990101'], ['98', '98'])
    .map(([region = '', prefix = '']) => ({
      filter: { region: { within: region } },
      holds: (row) => String(index('region', row) ?? '').startsWith(prefix),
    })),
  'yes or no': fc.boolean().map((wanted) => ({ filter: { flag: wanted }, holds: (row) => index('flag', row) === wanted })),
  'a party’s name': words.map((wanted) => ({
    filter: { owners: { name: { text: wanted } } },
    holds: (row) => partyOf(row).names.some((name) => holdsText(name, wanted)),
  })),
  'a party’s whole name': fc.array(text, { minLength: 1, maxLength: 2 }).map((wanted) => ({
    filter: { owners: { name: { in: wanted } } },
    holds: (row) => partyOf(row).names.some((name) => wanted.includes(name)),
  })),
  'a party’s code': fc.constantFrom('c1', 'C3').map((wanted) => ({
    filter: { owners: { code: { in: [wanted] } } },
    holds: (row) => partyOf(row).codes.includes(upper(wanted)),
  })),
  'originals only': fc.constant({ filter: { copies: 'EXCLUDE' }, holds: (row) => row['PLATFORM_CODE'] !== 'SOMEBODY ELSE' }),
  'no condition': fc
    .constantFrom({}, { copies: 'INCLUDE' }, { name: null }, { name: { text: '' } }, { name: { in: null } })
    .map((filter) => ({
      filter,
      holds: () => true,
    })),
};

describe('graph.md «Shape»: filters', () => {
  test.each(Object.entries(cases))('%s', { timeout: 600_000 }, async (_, generated) => {
    await fc.assert(
      fc.asyncProperty(wires, generated, async (rows, { filter, holds }) => {
        const target = await fill(rows);
        const order = readOrder(thing, 'RECEIVED_ASC');
        if (order === undefined) throw new RangeError('order');
        const request = { system: target.system.code, filter, order, first: 100, after: undefined };
        const found = await readPage(target.store.db, thing, request);
        const expected = rows.flatMap((row, place) => (holds(row) ? [idOf(target, place)] : []));
        expect(found.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
        expect(await countRows(target.store.db, thing, request)).toBe(expected.length);
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });

  test('fields are ANDed', async () => {
    await fc.assert(
      fc.asyncProperty(wires, contains('name'), between('weight', fc.constantFrom('0', '1.5')), async (rows, one, two) => {
        const target = await fill(rows);
        const filter = { ...one.filter, ...two.filter };
        const expected = rows.filter((row) => one.holds(row) && two.holds(row));
        expect(await countRows(target.store.db, thing, { system: target.system.code, filter })).toBe(expected.length);
      }),
      { numRuns },
    );
  });

  test.each([
    ['a field there is none of', { nothing: { in: ['x'] } }],
    ['an operator there is none of', { name: { like: 'x' } }],
    ['a region that is no code', { region: { within: '%' } }],
    ['an empty region', { region: { within: '' } }],
    ['a character no text can have', { name: { text: 'a\u0000b' } }],
  ])('%s is refused, not left out', (_, filter) => {
    expect(() => matching(thing, 'system', filter)).toThrow(expect.objectContaining({ code: 'FILTER_INVALID' }));
  });

  test.each([
    [['system-x'], 0],
    [['system-x', 'own'], 1],
    [[], 0],
  ])('systems %j, asked of a system directly', async (systems, count) => {
    const target = await fill([{}]);
    const filter = { systems: systems.map((code) => (code === 'own' ? target.system.code : code)) };
    expect(await countRows(target.store.db, thing, { system: target.system.code, filter })).toBe(count);
  });
});
