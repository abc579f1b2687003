import { type SortKey, compareKeys, sortKindOf } from '@hub/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SystemStore } from '../graph/context.ts';
import { columnTypes, columnsOf } from '../store/columns.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';
import { thing, toyContract } from '../testing/toy-contract.ts';
import { fillToy, numRuns, toyId, toyValue, wires } from '../testing/toy-rows.ts';

import { type Order, readOrder } from './order.ts';
import { readPage } from './page.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore({ contracts: [toyContract] });
});
afterAll(() => opened[Symbol.asyncDispose]());

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
          const target = await fillToy(opened.system(), rows);
          const expected = rows.map((row, place): SortKey => [toyValue(name, row), toyId(target, place)]).toSorted(compare);
          expect(await walk(target, order, sizes)).toEqual(expected);
        }),
        { numRuns: numRuns(10, 200) },
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
