import { compareKeys, encodeRecordId, type SortKey } from '@hub/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Keyed, mergePage, type Page, placeOf, type Position, start } from './page.ts';
import { portionOf, type Portion, shortSystems } from './portion.ts';

const systems = ['aa', 'bb', 'cc'] as const;
const compare = compareKeys({ kind: 'bytes', descending: false });

const tables = fc
  .tuple(...systems.map(() => fc.array(fc.constantFrom('1', '2', '3', '4'), { maxLength: 9 })))
  .map((lists) => new Map(systems.map((system, index) => [system, rowsOf(system, lists[index] ?? [])])));

function rowsOf(system: string, sorts: readonly string[]): readonly Keyed[] {
  const keys = sorts.map((sort, index): SortKey => [sort, encodeRecordId({ system, type: 'Work', key: String(index) })]);
  return keys.toSorted(compare).map((key) => ({ key }));
}

interface Reading {
  readonly position: Position;
  readonly size: number;
  readonly live: readonly string[];
}

function merged({ position, size, live }: Reading, answers: ReadonlyMap<string, readonly Keyed[]>): Page<Keyed> {
  const away = systems.filter((system) => !live.includes(system));
  return mergePage({ position, size, answers, away, withdrawn: [], compare });
}

function after(rows: readonly Keyed[], place: SortKey | undefined, first: number): readonly Keyed[] {
  return rows.filter(({ key }) => place === undefined || compare(key, place) > 0).slice(0, first);
}

type Tables = ReadonlyMap<string, readonly Keyed[]>;

function wholePage(tables: Tables, reading: Reading): Page<Keyed> {
  const { position, size, live } = reading;
  return merged(reading, new Map(live.map((system) => [system, after(tables.get(system) ?? [], placeOf(position, system), size + 1)])));
}

function pageInPortions(tables: Tables, reading: Reading, portion: number): Page<Keyed> {
  const { position, size, live } = reading;
  const portions = new Map<string, Portion<Keyed>>();
  const ask = (system: string, place: SortKey | undefined, first: number): void => {
    const rows = after(tables.get(system) ?? [], place, first);
    portions.set(system, { rows: [...(portions.get(system)?.rows ?? []), ...rows], full: rows.length === first });
  };
  for (const system of live) ask(system, placeOf(position, system), portion);
  for (;;) {
    const page = merged(reading, new Map([...portions].map(([system, { rows }]) => [system, rows])));
    const short = shortSystems(page, portions, size);
    if (short.size === 0) return page;
    for (const [system, rows] of short) ask(system, rows.at(-1)?.key, size + 1 - rows.length);
  }
}

describe('partitioning.md «Page»', () => {
  test('portions give the page that whole answers give: rows, late ones, cursors and whether there is more', () => {
    fc.assert(
      fc.property(
        tables,
        fc.array(fc.record({ size: fc.integer({ min: 1, max: 6 }), portion: fc.nat({ max: 6 }), live: fc.subarray([...systems]) })),
        (rows, steps) => {
          let position = start;
          for (const { size, portion, live } of steps) {
            const reading = { position, size, live };
            const page = wholePage(rows, reading);
            expect(pageInPortions(rows, reading, 1 + (portion % (size + 1)))).toEqual(page);
            position = page.end;
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  test.each([
    { size: 20, systems: 23, portion: 6 },
    { size: 100, systems: 23, portion: 14 },
    { size: 20, systems: 1, portion: 21 },
    { size: 1, systems: 23, portion: 2 },
    { size: 20, systems: 0, portion: 21 },
  ])('a page of $size over $systems systems asks each for $portion', ({ size, systems: count, portion }) => {
    expect(portionOf(size, count)).toBe(portion);
  });
});
