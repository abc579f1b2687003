/**
 * Statistics added up by hand from listed deals, as a reader of the list would.
 * @see design/graph.md «Sketch», design/partitioning.md P4
 */
import { Decimal as AnyDecimal } from 'decimal.js';

import { at, textAt } from './parse-json.ts';
import { compareText } from './union/union-values.ts';

const Decimal = AnyDecimal.clone({ precision: 100, toExpPos: 100, toExpNeg: -100 });

const places: Readonly<Record<string, readonly string[]>> = {
  CATEGORY: ['category', 'code'],
  STATE: ['state', 'code'],
  REGION: ['region', 'code'],
  TRADING_PLACE: ['tradingPlace', 'code'],
  SYSTEM: ['system', 'code'],
};

/** @returns Groups of the originals that are decided, in the order the hub gives. */
export function groupsOf(deals: readonly unknown[], by: readonly string[]): readonly object[] {
  const counted = deals.filter((deal) => at(deal, 'origin') === 'ORIGINAL' && at(deal, 'decidedAt') !== null);
  const groups = Map.groupBy(counted, (deal) =>
    JSON.stringify([textAt(deal, 'direction'), ...by.map((dimension) => keyOf(deal, dimension))]),
  );
  return [...groups]
    .map(([name, members]): readonly [readonly string[], readonly unknown[]] => [readNames(name), members])
    .toSorted(([a], [b]) => compareNames(a, b))
    .map(([[direction, ...key], members]) => summed(direction, key, members));
}

function keyOf(deal: unknown, dimension: string): string {
  if (dimension === 'MONTH') return textAt(deal, 'decidedAt').slice(0, 7);
  const code = at(deal, ...(places[dimension] ?? []));
  return typeof code === 'string' ? code : '-';
}

function readNames(name: string): readonly string[] {
  const names: unknown = JSON.parse(name);
  return Array.isArray(names) ? names.map(String) : [];
}

function compareNames(a: readonly string[], b: readonly string[]): number {
  const place = a.findIndex((name, index) => name !== b[index]);
  return place < 0 ? 0 : compareText(a[place] ?? '', b[place] ?? '');
}

function summed(direction: string | undefined, key: readonly string[], deals: readonly unknown[]): object {
  const yuan = (deal: unknown, name: string): readonly string[] => {
    const value = at(deal, name, 'yuan');
    return typeof value === 'string' ? [value] : [];
  };
  const sum = (numbers: readonly string[]): string => numbers.reduce((total, number) => total.plus(number), new Decimal(0)).toString();
  const prices = deals.flatMap((deal) => yuan(deal, 'price'));
  const savings = deals.flatMap((deal) =>
    yuan(deal, 'reference').flatMap((reference) => yuan(deal, 'price').map((price) => new Decimal(reference).minus(price).toString())),
  );
  const bidders = deals.map((deal) => at(deal, 'bidderCount')).filter((count) => typeof count === 'number');
  return {
    direction,
    key: key.map((code) => ({ code })),
    deals: deals.length,
    priced: prices.length,
    price: sum(prices),
    saved: direction === 'PUBLIC_PAYS' && savings.length > 0 ? sum(savings) : null,
    bidders: bidders.length === 0 ? null : bidders.reduce((total, count) => total + count, 0),
  };
}
