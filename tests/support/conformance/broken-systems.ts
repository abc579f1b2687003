/**
 * Systems with one fault each, and the audit that must name it. What else may fail because of it is listed: nothing more.
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
import { type Alter, type Asked, type AskTrue, type Told, changedInside, relisted, walked } from './altered-system.ts';

/** A fault. */
export interface Broken {
  readonly fault: string;
  /** The audit that names it. */
  readonly audit: string;
  /** Audits that fail because of it, and are not to blame. */
  readonly follows: readonly string[];
  readonly alter: Alter;
}

const collator = new Intl.Collator('en');
const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+\+08:00$/;

/** Faults that a proxy can make out of true answers. */
export const brokenSystems: readonly Broken[] = [
  {
    fault: 'absent values first where the order descends',
    audit: 'ORDER-002',
    follows: [],
    alter: relisted({ compare: (a, b, order) => nullsFirst(a, b, order) }),
  },
  {
    fault: 'order by collation in place of bytes',
    audit: 'ORDER-003',
    follows: ['CURSOR-003'],
    alter: relisted({ compare: (a, b, order) => byValue(a, b, order) || collator.compare(a[1], b[1]) || trueOrder(order)(a, b) }),
  },
  {
    fault: 'the row of the cursor comes again',
    audit: 'CURSOR-002',
    follows: ['COUNT-001', 'ID-003', 'ORDER-003', 'ORDER-004', 'PAGE-002', 'PAGE-003'],
    alter: relisted({ compare: (a, b, order) => trueOrder(order)(a, b), repeats: true }),
  },
  {
    fault: 'first is ignored',
    audit: 'PAGE-001',
    follows: ['CURSOR-002', 'CURSOR-003', 'PAGE-002'],
    alter: relisted({ compare: (a, b, order) => trueOrder(order)(a, b), first: 20 }),
  },
  {
    fault: 'filters are ignored',
    audit: 'FILTER-001',
    follows: [...Array.from({ length: 14 }, (_, place) => `FILTER-${String(place + 2).padStart(3, '0')}`), 'FILTER-016', 'REL-002', 'SEAL-003', 'STAT-001', 'STAT-002', 'STAT-003'],
    alter: async ({ query, variables }, ask) => ask(JSON.stringify({ query, variables: { ...variables, filter: {} } })),
  },
  {
    fault: 'text is searched at its beginning only',
    audit: 'FILTER-003',
    follows: [],
    alter: beginningsOnly,
  },
  {
    fault: 'totalCount counts the page',
    audit: 'COUNT-001',
    follows: [],
    alter: changing((value, key) => (key === 'page' && isObject(value) && 'totalCount' in value ? { ...value, totalCount: listAt(value, 'edges').length } : value)),
  },
  {
    fault: 'sums in binary floating point',
    audit: 'STAT-002',
    follows: [],
    alter: changing((value, key) => (key === 'groups' && isObject(value) && typeof value['price'] === 'string' ? { ...value, price: String(Math.fround(Number(value['price']))) } : value)),
  },
  {
    fault: 'instants are printed in UTC',
    audit: 'TIME-001',
    follows: [],
    alter: changing((value) => (typeof value === 'string' && instant.test(value) ? (parseInstant(value) ?? value) : value)),
  },
  {
    fault: 'months are cut in UTC',
    audit: 'STAT-003',
    follows: [],
    alter: monthsInUtc,
  },
  {
    fault: 'entities come in the wrong order',
    audit: 'ENT-001',
    follows: ['ENT-002'],
    alter: changing((value, key) => (key === '' && isObject(value) && Array.isArray(value['entities']) ? { ...value, entities: value['entities'].toReversed() } : value)),
  },
  {
    fault: 'ids are another system’s',
    audit: 'ID-001',
    follows: ['ENT-002'],
    alter: async ({ query, variables }, ask) => changedInside(await ask(JSON.stringify({ query, variables: walked(variables, '', renamed('elsewhere', 'own')) })), renamed('own', 'elsewhere')),
  },
  {
    fault: 'errors are pages, with status 200',
    audit: 'HTTP-001',
    follows: ['CURSOR-004', 'ENT-003', 'ERR-001', 'FILTER-016', 'HTTP-002', 'HTTP-003', 'LIMIT-001', 'LIMIT-002', 'LIMIT-003'],
    alter: async ({ body }, ask) => {
      const told = await ask(body);
      const isError = told.status >= 400 || told.text.startsWith('{"errors"');
      return isError ? { status: 200, contentType: 'text/html', text: '<!doctype html><title>系统维护</title><p>请稍后访问' } : told;
    },
  },
  {
    fault: 'errors carry a stack trace',
    audit: 'ERR-003',
    follows: [],
    alter: async ({ body }, ask) => {
      const told = await ask(body);
      const answer: unknown = JSON.parse(told.text);
      if (!isObject(answer) || !Array.isArray(answer['errors'])) return told;
      const stacktrace = ['GraphQLError: Cannot query field', '    at Object.Field (/srv/app/node_modules/graphql/validation/rules.js:48:13)'];
      const errors = answer['errors'].map((error: unknown) => (isObject(error) ? { ...error, extensions: { ...(isObject(error['extensions']) ? error['extensions'] : {}), stacktrace } } : error));
      return { ...told, text: JSON.stringify({ ...answer, errors }) };
    },
  },
  {
    fault: 'the SDL lacks a field',
    audit: 'SDL-002',
    follows: [],
    alter: changing((value, key) => (key === 'sdl' && typeof value === 'string' ? value.replace(/\n {2}sourceUrl: String[^\n]*/, '') : value)),
  },
  {
    fault: 'a relation is kept one way only',
    audit: 'REL-001',
    follows: [],
    alter: changing((value, key) => (key === 'back' && isObject(value) ? null : value), (asked) => asked.query.includes('back: notices')),
  },
  {
    fault: 'decimals are JSON numbers',
    audit: 'DEC-001',
    follows: ['TYPE-001'],
    alter: changing((value, key) => (key === 'amount' && typeof value === 'string' ? Number(value) : value)),
  },
  {
    fault: 'a cursor that is none gives the first page',
    audit: 'CURSOR-004',
    follows: [],
    alter: async ({ body, query, variables }, ask) => {
      const told = await ask(body);
      return told.text.includes('CURSOR_INVALID') ? ask(JSON.stringify({ query, variables: { ...variables, after: null } })) : told;
    },
  },
];

function changing(change: (value: unknown, key: string) => unknown, when: (asked: Asked) => boolean = () => true): Alter {
  return async (asked, ask) => {
    const told = await ask(asked.body);
    return when(asked) ? changedInside(told, change) : told;
  };
}

function trueOrder(order: string): (a: SortKey, b: SortKey) => number {
  return compareKeys({ kind: order.startsWith('PRICE') ? 'decimal' : 'bytes', descending: order.endsWith('_DESC') });
}

function byValue(a: SortKey, b: SortKey, order: string): number {
  return trueOrder(order)([a[0], ''], [b[0], '']);
}

function nullsFirst(a: SortKey, b: SortKey, order: string): number {
  if (order.endsWith('_DESC') && (a[0] === null) !== (b[0] === null)) return a[0] === null ? -1 : 1;
  return trueOrder(order)(a, b);
}

/** Rows whose text merely holds the words are lost. */
async function beginningsOnly({ body, query, variables }: Asked, ask: AskTrue): Promise<Told> {
  const [field, words] = Object.entries(isObject(variables['filter']) ? variables['filter'] : {}).find(([, asked]) => typeof at(asked, 'text') === 'string') ?? [];
  if (field === undefined) return ask(body);
  const told = await ask(JSON.stringify({ query: query.replace('node {', `node { ${field}`), variables }));
  return changedInside(told, (value, key) => (key === 'page' && isObject(value) ? { ...value, edges: listAt(value, 'edges').filter((edge) => String(at(edge, 'node', field)).startsWith(String(at(words, 'text')))) } : value));
}

/** Statistics by month, counted from the deals as a server counts whose clock is in UTC. */
async function monthsInUtc({ body, query, variables }: Asked, ask: AskTrue): Promise<Told> {
  if (JSON.stringify(variables['by']) !== '["MONTH"]') return ask(body);
  const deals: unknown[] = [];
  let after: unknown = null;
  do {
    const list = 'query ($f: DealFilter, $a: String) { page: deals(filter: $f, first: 101, after: $a) { nodes { origin direction decidedAt } pageInfo { hasNextPage endCursor } } }';
    const page = at(JSON.parse((await ask(JSON.stringify({ query: list, variables: { f: variables['filter'], a: after } }))).text), 'data', 'page');
    deals.push(...listAt(page, 'nodes'));
    after = at(page, 'pageInfo', 'hasNextPage') === true ? at(page, 'pageInfo', 'endCursor') : null;
  } while (after !== null);
  const decided = deals.filter((deal) => at(deal, 'origin') === 'ORIGINAL' && at(deal, 'decidedAt') !== null);
  const months = Map.groupBy(decided, (deal) => JSON.stringify([at(deal, 'direction'), (parseInstant(String(at(deal, 'decidedAt'))) ?? '').slice(0, 7)]));
  const groups = [...months].map(([key, own]) => {
    const [direction, code]: readonly unknown[] = JSON.parse(key);
    return { direction, key: [{ code }], deals: own.length, priced: 0, price: '0', saved: null, bidders: null };
  });
  return query.includes('statistics:') ? { status: 200, text: JSON.stringify({ data: { statistics: { groups } } }) } : ask(body);
}

let ownSystem = '';

/** Ids and cursors as if the rows were another system's, or back again. */
function renamed(from: 'own' | 'elsewhere', to: 'own' | 'elsewhere'): (value: unknown) => unknown {
  const rename = (id: string): string | undefined => {
    const told = decodeRecordId(id);
    if (told === undefined) return undefined;
    if (from === 'own') ownSystem = told.system;
    return (told.system === 'elsewhere') === (from === 'elsewhere') ? encodeRecordId({ ...told, system: to === 'elsewhere' ? 'elsewhere' : ownSystem }) : undefined;
  };
  return (value) => {
    if (typeof value !== 'string') return value;
    const cursor = decodeSystemCursor(value);
    return cursor === undefined ? (rename(value) ?? value) : encodeSystemCursor([cursor[0], rename(cursor[1]) ?? cursor[1]]);
  };
}
