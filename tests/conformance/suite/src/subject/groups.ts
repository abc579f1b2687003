/**
 * Deals grouped and summed from the rows of the list, to hold the endpoint's own statistics against.
 * @see schema/PROTOCOL.md 4; schema/contracts/board.graphql
 */
import { addDecimals, compareBytes, parseInstant, printInstant } from '@hub/schema';

import type { Question } from '../ask/answer.ts';
import { at, listAt, textAt } from '../ask/json-value.ts';
import type { Row } from './rows.ts';
import type { Sample, Subject } from './subject.ts';

/** What deals can be grouped by. */
export type Dimension = 'CATEGORY' | 'STATE' | 'REGION' | 'TRADING_PLACE' | 'SYSTEM' | 'MONTH';

/** One group of deals. */
export interface Group {
  readonly direction: string | null;
  readonly key: readonly string[];
  readonly deals: number;
  readonly priced: number;
  readonly price: string;
  readonly saved: string | null;
  readonly bidders: number | null;
}

/** A question for statistics, and what the deals themselves come to. */
export interface GroupReading {
  readonly question: Question;
  readonly due: readonly Group[];
}

const query =
  'query Statistics($filter: DealFilter, $by: [DealDimension!]!) { statistics: dealStatistics(filter: $filter, by: $by) { groups { direction key { code } deals priced price saved bidders } } }';

const keyOf: Readonly<Record<Dimension, (node: Row['node']) => string | undefined>> = {
  CATEGORY: (node) => codeOf(node, 'category'),
  STATE: (node) => codeOf(node, 'state'),
  REGION: (node) => codeOf(node, 'region'),
  TRADING_PLACE: (node) => codeOf(node, 'tradingPlace'),
  SYSTEM: (node) => codeOf(node, 'system'),
  MONTH: (node) => monthOf(textAt(node, 'decidedAt')),
};

/** @returns What the deals come to by one dimension; undefined where there are no deals to go by. */
export async function groupDeals(subject: Subject, by: Dimension): Promise<GroupReading | undefined> {
  const sample = (await subject.samples()).find(({ list }) => list.root === 'deals');
  const cut = sample === undefined ? undefined : wholeFrom(sample);
  if (cut === undefined) return undefined;
  const counted = cut.rows.filter(({ node }) => node['origin'] === 'ORIGINAL' && typeof node['decidedAt'] === 'string');
  const groups = Map.groupBy(counted, ({ node }) => JSON.stringify([node['direction'] ?? null, keyOf[by](node) ?? '-']));
  const due = [...groups.values()].map((rows) => sumOf(rows, by)).toSorted(byKey);
  return { question: { query, variables: { filter: cut.filter, by: [by] } }, due };
}

/** @returns The endpoint's own groups, in the order of their keys. */
export async function readGroups({ endpoint }: Subject, { question }: GroupReading): Promise<readonly Group[]> {
  return listAt(await endpoint.data(question), 'statistics', 'groups')
    .map(readGroup)
    .toSorted(byKey);
}

/** Of a list too long to be read whole, the part that one condition cuts off. */
function wholeFrom({
  rows,
  complete,
}: Sample): { readonly rows: readonly Row[]; readonly filter: Readonly<Record<string, unknown>> } | undefined {
  if (complete) return { rows, filter: {} };
  const last = rows.at(-1)?.node['decidedAt'];
  const later = rows.filter(({ node }) => typeof node['decidedAt'] === 'string' && node['decidedAt'] !== last);
  const from = later.at(-1)?.node['decidedAt'];
  return typeof from === 'string' ? { rows: later, filter: { decidedAt: { gte: from } } } : undefined;
}

function sumOf(rows: readonly Row[], by: Dimension): Group {
  const [first] = rows;
  const prices = rows.flatMap(({ node }) => yuan(node, 'price') ?? []);
  const savings = rows.flatMap(({ node }) => {
    const [price, reference] = [yuan(node, 'price'), yuan(node, 'reference')];
    return price === undefined || reference === undefined ? [] : [addDecimals(reference, negative(price))];
  });
  const bidders = rows.flatMap(({ node }) => (typeof node['bidderCount'] === 'number' ? [node['bidderCount']] : []));
  const direction = first?.node['direction'];
  return {
    direction: typeof direction === 'string' ? direction : null,
    key: [keyOf[by](first?.node ?? {}) ?? '-'],
    deals: rows.length,
    priced: prices.length,
    price: prices.reduce(addDecimals, '0'),
    saved: direction === 'PUBLIC_PAYS' && savings.length > 0 ? savings.reduce(addDecimals) : null,
    bidders: bidders.length === 0 ? null : bidders.reduce((sum, one) => sum + one, 0),
  };
}

function readGroup(group: unknown): Group {
  const [direction, saved, bidders] = [at(group, 'direction'), at(group, 'saved'), at(group, 'bidders')];
  return {
    direction: typeof direction === 'string' ? direction : null,
    key: listAt(group, 'key').map((part) => textAt(part, 'code')),
    deals: Number(at(group, 'deals')),
    priced: Number(at(group, 'priced')),
    price: textAt(group, 'price'),
    saved: typeof saved === 'string' ? saved : null,
    bidders: typeof bidders === 'number' ? bidders : null,
  };
}

function yuan(node: Row['node'], field: string): string | undefined {
  const told = at(node, field, 'yuan');
  return typeof told === 'string' ? told : undefined;
}

function codeOf(node: Row['node'], field: string): string | undefined {
  const code = at(node, field, 'code');
  return typeof code === 'string' ? code : undefined;
}

function negative(decimal: string): string {
  return decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
}

/** In UTC+8, however the instant is printed: that is TIME-001's to judge. */
function monthOf(printed: string): string | undefined {
  const instant = parseInstant(printed);
  return instant === undefined ? undefined : printInstant(instant).slice(0, 7);
}

function byKey(a: Group, b: Group): number {
  return compareBytes(JSON.stringify([a.direction, a.key]), JSON.stringify([b.direction, b.key]));
}
