/**
 * Rows that are one winner each, as one outcome: all winners together, and the exact sum of what they pay or are paid.
 * @see schema/directives.graphql @deal(each:)
 */
import { type Dataset, type Field, addDecimals, indexValue, wireItems } from '@hub/schema';

import type { Wire } from './board-mapping.ts';

/** Target field → what one row tells of it. */
type Share = ReadonlyMap<string, Wire>;

/**
 * @param deal - The board's dataset.
 * @returns Target field → what all rows tell of it. A price is empty where one of several rows has no true amount: the others'
 * sum would pass for the whole.
 */
export function joinShares(deal: Dataset, shares: readonly Share[]): ReadonlyMap<string, Wire> {
  if (shares.length === 0) return new Map();
  const told = (name: string, join: (field: Field, parts: readonly Wire[]) => Wire): readonly (readonly [string, Wire])[] => {
    const field = deal.fields.find((candidate) => candidate.name === name);
    const parts = shares.map((share) => share.get(name)).filter((wire) => wire !== undefined);
    return field === undefined || parts.length === 0 ? [] : [[name, join(field, parts.length === shares.length ? parts : [...parts, {}])]];
  };
  return new Map([...told('winners', joinParties), ...told('price', addPrices)]);
}

/** Parallel lists; one party is told once. Blanks at the end of a list count for nothing, so who has no code comes first. */
function joinParties(field: Field, parts: readonly Wire[]): Wire {
  const codes = field.wire.map(({ code }) => code);
  const rows = parts.flatMap((wire) => {
    const items = codes.map((code) => wireItems(wire[code]));
    const most = Math.max(...items.map(({ length }) => length));
    return Array.from({ length: most }, (_, place) => items.map((list) => list[place] ?? ''));
  });
  const once = [...new Map(rows.map((row) => [row.join('\n'), row])).values()];
  const ordered = once.toSorted((a, b) => Number(a.every((item) => item !== '')) - Number(b.every((item) => item !== '')));
  const lists = codes.map((code, place) => [code, ordered.map((row) => row[place] ?? '').join(';')] as const);
  return Object.fromEntries(lists.filter(([, list]) => wireItems(list).length > 0));
}

function addPrices(field: Field, parts: readonly Wire[]): Wire {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? {};
  const yuan = parts.map((wire) => indexValue(field, wire)).filter((value) => typeof value === 'string');
  if (yuan.length < parts.length) return {};
  const partOf = (name: string): string => field.wire.find(({ part }) => part === name)?.code ?? '';
  return { [partOf('amount')]: yuan.reduce(addDecimals), [partOf('unit')]: renminbiYuan };
}

/** 元, of the list PRICE_UNIT. */
const renminbiYuan = '0';
