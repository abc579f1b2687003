import { compareKeys, sortKindOf } from '@hub/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestStore, openTestStore } from '../testing/test-store.ts';
import { thing, toyContract } from '../testing/toy-contract.ts';
import { type Wire, fillToy, numRuns, text, toyId, toyTexts, toyValue, wires } from '../testing/toy-rows.ts';

import { type Filter, matching } from './filter.ts';
import { readOrder } from './order.ts';
import { countRows, readPage } from './page.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore({ contracts: [toyContract] });
});
afterAll(() => opened[Symbol.asyncDispose]());

/** A filter and the same in words of JavaScript. */
interface Case {
  readonly filter: Filter;
  readonly holds: (row: Wire) => boolean;
}

const latinLower = (value: string): string => value.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
const holdsText = (value: string | null, words: string): boolean => value !== null && latinLower(value).includes(latinLower(words));
const compared = (name: string, row: Wire, operand: string): number | undefined => {
  const value = toyValue(name, row);
  const kind = sortKindOf(thing.fields.find((field) => field.name === name)?.graphType ?? '');
  return value === null ? undefined : compareKeys({ kind, descending: false })([value, ''], [operand, '']);
};
const words = text.filter((value) => value !== '');

const equals = (name: string, operands: fc.Arbitrary<string>, fold = (value: string) => value): fc.Arbitrary<Case> =>
  fc.array(operands, { maxLength: 3 }).map((wanted) => ({
    filter: { [name]: { in: wanted } },
    holds: (row) => wanted.map(fold).includes(toyValue(name, row) ?? 'absent'),
  }));
const contains = (name: string): fc.Arbitrary<Case> =>
  words.map((wanted) => ({ filter: { [name]: { text: wanted } }, holds: (row) => holdsText(toyValue(name, row), wanted) }));
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
    holds: (row) => wanted.map(String).includes(toyValue('count', row) ?? 'absent'),
  })),
  'in, list': fc.array(fc.constantFrom('l1', 'L3')).map((wanted) => ({
    filter: { lots: { in: wanted } },
    holds: (row) => toyTexts('lots', row).some((value) => wanted.map(upper).includes(value)),
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
      holds: (row) => (toyValue('region', row) ?? '').startsWith(prefix),
    })),
  'yes or no': fc.boolean().map((wanted) => ({ filter: { flag: wanted }, holds: (row) => toyValue('flag', row) === String(wanted) })),
  'a party’s name': words.map((wanted) => ({
    filter: { owners: { name: { text: wanted } } },
    holds: (row) => toyTexts('owners', row).some((name) => holdsText(name, wanted)),
  })),
  'a party’s whole name': fc.array(text, { minLength: 1, maxLength: 2 }).map((wanted) => ({
    filter: { owners: { name: { in: wanted } } },
    holds: (row) => toyTexts('owners', row).some((name) => wanted.includes(name)),
  })),
  'a party’s code': fc.constantFrom('c1', 'C3').map((wanted) => ({
    filter: { owners: { code: { in: [wanted] } } },
    holds: (row) => toyTexts('owners', row, 'codes').includes(upper(wanted)),
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
        const target = await fillToy(opened.system(), rows);
        const order = readOrder(thing, 'RECEIVED_ASC');
        if (order === undefined) throw new RangeError('order');
        const request = { system: target.system.code, filter, order, first: 100, after: undefined };
        const found = await readPage(target.store.db, thing, request);
        const expected = rows.flatMap((row, place) => (holds(row) ? [toyId(target, place)] : []));
        expect(found.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
        expect(await countRows(target.store.db, thing, request)).toBe(expected.length);
      }),
      { numRuns: numRuns(10, 200) },
    );
  });

  test('fields are ANDed', async () => {
    await fc.assert(
      fc.asyncProperty(wires, contains('name'), between('weight', fc.constantFrom('0', '1.5')), async (rows, one, two) => {
        const target = await fillToy(opened.system(), rows);
        const filter = { ...one.filter, ...two.filter };
        const expected = rows.filter((row) => one.holds(row) && two.holds(row));
        expect(await countRows(target.store.db, thing, { system: target.system.code, filter })).toBe(expected.length);
      }),
      { numRuns: numRuns(40, 500) },
    );
  });

  const titles = ['某路道路改造工程', '合格率100%_A段', 'Smart Road 二期', '（一标）𠮷祥路', '道 路'];
  test.each([
    ['道路', [0]],
    ['路', [0, 3, 4]],
    ['路道', [0]],
    ['道改', []],
    ['%', [1]],
    ['0%_a', [1]],
    ['_', [1]],
    ['smart', [2]],
    ['ROAD 二', [2]],
    ['𠮷', [3]],
    ['）𠮷祥', [3]],
    [' ', [2, 4]],
    ['\\', []],
  ])('text «%s» is found where it stands, and nowhere else', async (words, expected) => {
    for (const field of ['NAME', 'TITLE', 'OWNER']) {
      const target = await fillToy(
        opened.system(),
        titles.map((title) => ({ [field]: title })),
      );
      const filter = field === 'OWNER' ? { owners: { name: { text: words } } } : { [field.toLowerCase()]: { text: words } };
      const order = readOrder(thing, 'RECEIVED_ASC');
      if (order === undefined) throw new RangeError('order');
      const found = await readPage(target.store.db, thing, { system: target.system.code, filter, order, first: 10, after: undefined });
      expect(found.map(({ id }) => id).toSorted()).toEqual(expected.map((place) => toyId(target, place)).toSorted());
    }
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
    const target = await fillToy(opened.system(), [{}]);
    const filter = { systems: systems.map((code) => (code === 'own' ? target.system.code : code)) };
    expect(await countRows(target.store.db, thing, { system: target.system.code, filter })).toBe(count);
  });
});
