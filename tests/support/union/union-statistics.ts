/**
 * Statistics over the deals in memory: one pass, exact sums.
 * @see design/graph.md «Sketch», design/partitioning.md «Counting once»
 */
import { Decimal as AnyDecimal } from 'decimal.js';

import type { Union, UnionRecord } from './union.ts';
import { matches } from './union-filter.ts';
import { compareText, fieldOf, isReadable, shownValue, textsOf } from './union-values.ts';

const Decimal = AnyDecimal.clone({ precision: 100, toExpPos: 100, toExpNeg: -100 });

/** What is asked. */
export interface StatisticsArguments {
  readonly filter?: unknown;
  readonly by: readonly string[];
}

interface Group {
  readonly direction: string;
  readonly key: readonly { readonly code: string; readonly label: string | null }[];
  readonly deals: readonly UnionRecord[];
}

/** @returns All groups, by direction and then by the bytes of their keys. */
export function unionStatistics(union: Union, { filter, by }: StatisticsArguments): readonly object[] {
  const decided = (union.byType.get('Deal') ?? []).filter(
    (deal) =>
      deal.origin === 'ORIGINAL' &&
      textsOf(deal, fieldOf(deal, 'decidedAt')).length > 0 &&
      isReadable(union, deal) &&
      matches(deal, filter),
  );
  const groups = new Map<string, Group>();
  for (const deal of decided) {
    const direction = textsOf(deal, fieldOf(deal, 'direction'))[0] ?? '';
    const key = by.map((dimension) => keyOf(union, deal, dimension));
    const name = JSON.stringify([direction, ...key.map(({ code }) => code)]);
    const group = groups.get(name) ?? { direction, key, deals: [] };
    groups.set(name, { ...group, deals: [...group.deals, deal] });
  }
  return [...groups.values()].toSorted(compareGroups).map((group) => summed(union, group));
}

const fields: ReadonlyMap<string, readonly [field: string, list: string]> = new Map([
  ['CATEGORY', ['category', 'CATEGORY']],
  ['STATE', ['state', 'DEAL_STATE']],
  ['REGION', ['region', 'REGION']],
  ['TRADING_PLACE', ['tradingPlace', 'REGION']],
]);

function keyOf({ codes }: Union, deal: UnionRecord, dimension: string): Group['key'][number] {
  if (dimension === 'SYSTEM') return { code: deal.system.code, label: deal.system.name };
  if (dimension === 'MONTH') return { code: monthOf(textsOf(deal, fieldOf(deal, 'decidedAt'))[0] ?? ''), label: null };
  const [name, list] = fields.get(dimension) ?? ['', ''];
  const code = textsOf(deal, fieldOf(deal, name))[0] ?? '-';
  return { code, label: codes.label(list, code) ?? null };
}

/** The month in UTC+8, which is eight hours ahead of what is stored. */
function monthOf(instant: string): string {
  return new Date(Date.parse(`${instant.slice(0, 19)}Z`) + 8 * 3_600_000).toISOString().slice(0, 7);
}

function compareGroups(a: Group, b: Group): number {
  const [x, y] = [a, b].map(({ direction, key }) => [direction, ...key.map(({ code }) => code)]);
  const place = (x ?? []).findIndex((code, index) => code !== y?.[index]);
  return place < 0 ? 0 : compareText(x?.[place] ?? '', y?.[place] ?? '');
}

function summed(union: Union, { direction, key, deals }: Group): object {
  const told = (deal: UnionRecord, name: string): string | undefined => textsOf(deal, fieldOf(deal, name))[0];
  const sum = (numbers: readonly string[]): string => numbers.reduce((total, number) => total.plus(number), new Decimal(0)).toString();
  const prices = deals.flatMap((deal) => told(deal, 'price') ?? []);
  const savings = deals.flatMap((deal) => {
    const [reference, price] = [told(deal, 'reference'), told(deal, 'price')];
    return reference === undefined || price === undefined ? [] : [new Decimal(reference).minus(price).toString()];
  });
  const bidders = deals.map((deal) => shownValue(union, deal, fieldOf(deal, 'bidderCount'))).filter((count) => typeof count === 'number');
  return {
    direction,
    key,
    deals: deals.length,
    priced: prices.length,
    price: sum(prices),
    saved: direction === 'PUBLIC_PAYS' && savings.length > 0 ? sum(savings) : null,
    bidders: bidders.length === 0 ? null : bidders.reduce((total, count) => total + count, 0),
  };
}
