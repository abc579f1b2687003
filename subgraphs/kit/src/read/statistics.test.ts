import { addDecimals, indexValue } from '@hub/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SystemStore } from '../graph/context.ts';
import { stopClock } from '../testing/test-clock.ts';
import { accept, put } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

import { type DealDimension, type DealGroup, dealStatistics } from './statistics.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
  await stopClock(opened.store.db, '2026-09-01T00:00:00.000000Z');
});
afterAll(() => opened[Symbol.asyncDispose]());

type Wire = Readonly<Record<string, string>>;
const pick = (...values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const amount = fc.oneof(pick('0', '0.10', '1.5', '1.50', '12345678901234.000001'), fc.integer({ min: 0, max: 9 }).map(String));
const dimensions: readonly DealDimension[] = ['CATEGORY', 'STATE', 'REGION', 'TRADING_PLACE', 'SYSTEM', 'MONTH'];

const deal: fc.Arbitrary<Wire> = fc
  .record(
    {
      CATEGORY: pick('construction', 'procurement'),
      DIRECTION: pick('PUBLIC_PAYS', 'PUBLIC_RECEIVES'),
      STATE: pick('PENDING', 'AWARDED', 'FAILED'),
      REGION_CODE: pick('990100', '990200'),
      TRA_PLACE_CODE: pick('990100', '990300'),
      // The last day of a month in UTC is the first of the next here.
      DECIDED_AT: pick('20260131235959', '20260201000000', '2026-01-31T16:00:00Z', '20260228120000'),
      OPENS_AT: pick('20260101000000', '20260801000000', '20261001000000'),
      PRICE: amount,
      PRICE_UNIT: pick('0', '1'),
      PRICE_FORM_CODE: pick('1', '2'),
      REFERENCE: amount,
      REFERENCE_UNIT: pick('0', '1'),
      BIDDER_COUNT: pick('0', '3', '+5', '7.0'),
      PLATFORM_CODE: pick('Y1000000TEST00001A', 'SOMEBODY ELSE'),
    },
    { requiredKeys: ['CATEGORY', 'DIRECTION', 'STATE'] },
  )
  .map((fields) => Object.fromEntries(Object.entries(fields).flatMap(([code, value]) => (value === undefined ? [] : [[code, value]]))));

/** The same, row by row. */
function counted({ store, system }: SystemStore, deals: readonly Wire[], by: readonly DealDimension[]): readonly DealGroup[] {
  const fields = store.byType.get('Deal')?.dataset.fields ?? [];
  const valueOf = (name: string, row: Wire): string | undefined => {
    const field = fields.find((candidate) => candidate.name === name);
    const value = field === undefined ? null : indexValue(field, row);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const keyOf: Readonly<Record<DealDimension, (row: Wire) => string | undefined>> = {
    CATEGORY: (row) => row['CATEGORY'],
    STATE: (row) => row['STATE'],
    REGION: (row) => row['REGION_CODE'],
    TRADING_PLACE: (row) => row['TRA_PLACE_CODE'],
    SYSTEM: () => system.code,
    MONTH: (row) =>
      new Date(Date.parse(valueOf('decidedAt', row)?.replace(/\d{3}Z$/, 'Z') ?? '') + 8 * 3_600_000).toISOString().slice(0, 7),
  };
  const decided = deals.filter((row) => row['DECIDED_AT'] !== undefined && row['PLATFORM_CODE'] !== 'SOMEBODY ELSE');
  const groups = Map.groupBy(decided, (row) => JSON.stringify([row['DIRECTION'], ...by.map((dimension) => keyOf[dimension](row) ?? '-')]));
  return [...groups].map(([name, rows]): DealGroup => {
    const [direction = '', ...key]: string[] = JSON.parse(name);
    const prices = rows.flatMap((row) => valueOf('price', row) ?? []);
    const savings = rows.flatMap((row) => {
      const [reference, price] = [valueOf('reference', row), valueOf('price', row)];
      return reference === undefined || price === undefined
        ? []
        : [addDecimals(reference, price.startsWith('-') ? price.slice(1) : `-${price}`)];
    });
    const open = (row: Wire): boolean => (row['OPENS_AT'] === undefined ? row['STATE'] === 'AWARDED' : row['OPENS_AT'] < '20260901');
    const bidders = rows.filter(open).flatMap((row) => valueOf('bidderCount', row) ?? []);
    const sum = (values: readonly string[]): string => values.reduce(addDecimals, '0');
    return {
      direction,
      key,
      deals: rows.length,
      priced: prices.length,
      price: sum(prices),
      saved: direction === 'PUBLIC_PAYS' && savings.length > 0 ? sum(savings) : null,
      bidders: bidders.length === 0 ? null : Number(sum(bidders)),
    };
  });
}

const inOrder = (groups: readonly DealGroup[]): readonly DealGroup[] =>
  groups.toSorted((a, b) => (JSON.stringify([a.direction, a.key]) < JSON.stringify([b.direction, b.key]) ? -1 : 1));

describe('partitioning.md «Group»', () => {
  test('statistics are what counting row by row gives', { timeout: 300_000 }, async () => {
    const rows = fc.array(deal, { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(rows, fc.subarray([...dimensions]), async (deals, by) => {
        const target = opened.system();
        const sent = deals.map((fields, place) => ({ ...fields, LOT_CODE: `L${place}` }));
        const answers = await accept(
          target,
          sent.map((fields) => put('BOARD_DEAL', fields.LOT_CODE, fields)),
        );
        expect(answers.flatMap(({ refusals }) => refusals)).toEqual([]);
        const dataset = opened.store.byType.get('Deal')?.dataset;
        if (dataset === undefined) throw new RangeError('Deal');
        const groups = await dealStatistics(opened.store.db, dataset, { system: target.system.code, filter: undefined, by });
        expect(inOrder(groups)).toEqual(inOrder(counted(target, sent, by)));
      }),
      { numRuns: process.env['HUB_SIZES'] === 'full' ? 1_000 : 60 },
    );
  });

  test('of the deals that match the filter', async () => {
    const target = opened.system();
    const fields = {
      CATEGORY: 'construction',
      DIRECTION: 'PUBLIC_PAYS',
      STATE: 'AWARDED',
      DECIDED_AT: '20260201000000',
      PRICE: '2',
      PRICE_UNIT: '0',
    };
    await accept(
      target,
      ['990100', '990101', '990200'].map((region) => put('BOARD_DEAL', region, { ...fields, LOT_CODE: region, REGION_CODE: region })),
    );
    const dataset = opened.store.byType.get('Deal')?.dataset;
    if (dataset === undefined) throw new RangeError('Deal');
    const asked = { system: target.system.code, filter: { region: { within: '990100' } }, by: [] };
    expect(await dealStatistics(opened.store.db, dataset, asked)).toEqual([
      { direction: 'PUBLIC_PAYS', key: [], deals: 2, priced: 2, price: '4', saved: null, bidders: null },
    ]);
  });
});
