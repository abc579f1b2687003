/**
 * Ways to spoil true answers, for the systems with one fault each.
 */
import {
  type SortKey,
  compareKeys,
  decodeRecordId,
  decodeSystemCursor,
  encodeRecordId,
  encodeSystemCursor,
  parseInstant,
} from '@hub/schema';

import { at, isObject, listAt } from '../parse-json.ts';
import { type Alter, type Asked, type AskTrue, type Told, changedInside } from './altered-system.ts';

/** Changes values inside every answer, or inside answers to some questions. */
export function changing(change: (value: unknown, key: string) => unknown, when: (asked: Asked) => boolean = () => true): Alter {
  return async (asked, ask) => {
    const told = await ask(asked.body);
    return when(asked) ? changedInside(told, change) : told;
  };
}

/** How rows of the board’s lists must compare. */
export function trueOrder(order: string): (a: SortKey, b: SortKey) => number {
  return compareKeys({ kind: order.startsWith('PRICE') ? 'decimal' : 'bytes', descending: order.endsWith('_DESC') });
}

/** By value alone. */
export function byValue(a: SortKey, b: SortKey, order: string): number {
  return trueOrder(order)([a[0], ''], [b[0], '']);
}

/** As PostgreSQL orders by default. */
export function nullsFirst(a: SortKey, b: SortKey, order: string): number {
  if (order.endsWith('_DESC') && (a[0] === null) !== (b[0] === null)) return a[0] === null ? -1 : 1;
  return trueOrder(order)(a, b);
}

/** Rows whose text merely holds the words are lost. */
export async function beginningsOnly({ body, query, variables }: Asked, ask: AskTrue): Promise<Told> {
  const [field, words] =
    Object.entries(isObject(variables['filter']) ? variables['filter'] : {}).find(([, asked]) => typeof at(asked, 'text') === 'string') ??
    [];
  if (field === undefined) return ask(body);
  const told = await ask(JSON.stringify({ query: query.replace('node {', `node { ${field}`), variables }));
  return changedInside(told, (value, key) =>
    key === 'page' && isObject(value)
      ? { ...value, edges: listAt(value, 'edges').filter((edge) => String(at(edge, 'node', field)).startsWith(String(at(words, 'text')))) }
      : value,
  );
}

/** Statistics by month, counted from the deals as a server counts whose clock is in UTC. */
export async function monthsInUtc({ body, query, variables }: Asked, ask: AskTrue): Promise<Told> {
  if (JSON.stringify(variables['by']) !== '["MONTH"]') return ask(body);
  const deals: unknown[] = [];
  let after: unknown = null;
  do {
    const list =
      'query ($f: DealFilter, $a: String) { page: deals(filter: $f, first: 101, after: $a) { nodes { origin direction decidedAt } pageInfo { hasNextPage endCursor } } }';
    const page = at(
      JSON.parse((await ask(JSON.stringify({ query: list, variables: { f: variables['filter'], a: after } }))).text),
      'data',
      'page',
    );
    deals.push(...listAt(page, 'nodes'));
    after = at(page, 'pageInfo', 'hasNextPage') === true ? at(page, 'pageInfo', 'endCursor') : null;
  } while (after !== null);
  const decided = deals.filter((deal) => at(deal, 'origin') === 'ORIGINAL' && at(deal, 'decidedAt') !== null);
  const months = Map.groupBy(decided, (deal) =>
    JSON.stringify([at(deal, 'direction'), (parseInstant(String(at(deal, 'decidedAt'))) ?? '').slice(0, 7)]),
  );
  const groups = [...months].map(([key, own]) => {
    const told: unknown = JSON.parse(key);
    const [direction, code] = [at(told, 0), at(told, 1)];
    return { direction, key: [{ code }], deals: own.length, priced: 0, price: '0', saved: null, bidders: null };
  });
  return query.includes('statistics:') ? { status: 200, text: JSON.stringify({ data: { statistics: { groups } } }) } : ask(body);
}

let ownSystem = '';

/** Ids and cursors as if the rows were another system's, or back again. */
export function renamed(from: 'own' | 'elsewhere', to: 'own' | 'elsewhere'): (value: unknown) => unknown {
  const rename = (id: string): string | undefined => {
    const told = decodeRecordId(id);
    if (told === undefined) return undefined;
    if (from === 'own') ownSystem = told.system;
    return (told.system === 'elsewhere') === (from === 'elsewhere')
      ? encodeRecordId({ ...told, system: to === 'elsewhere' ? 'elsewhere' : ownSystem })
      : undefined;
  };
  return (value) => {
    if (typeof value !== 'string') return value;
    const cursor = decodeSystemCursor(value);
    return cursor === undefined ? (rename(value) ?? value) : encodeSystemCursor([cursor[0], rename(cursor[1]) ?? cursor[1]]);
  };
}
