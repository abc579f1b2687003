/**
 * Systems with one fault each, and the audit that must name it. What else may fail because of it is listed: nothing more.
 */
import { audits } from '@hub/conformance';
import { parseInstant } from '@hub/schema';

import { isObject, listAt } from '../parse-json.ts';
import { type Alter, changedInside, relisted, walked } from './altered-system.ts';
import { beginningsOnly, byValue, changing, monthsInUtc, nullsFirst, renamed, trueOrder } from './faults.ts';

/** A fault. */
export interface Broken {
  readonly fault: string;
  /** The audit that names it. */
  readonly audit: string;
  /** Audits that fail because of it, and are not to blame. */
  readonly follows: readonly string[];
  readonly alter: Alter;
}

const filters: readonly string[] = audits.map(({ id }) => id).filter((id) => id.startsWith('FILTER-'));
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
    follows: ['CURSOR-002', 'CURSOR-003', 'PAGE-002', ...filters],
    alter: relisted({ compare: (a, b, order) => trueOrder(order)(a, b), first: 20 }),
  },
  {
    fault: 'filters are ignored',
    audit: 'FILTER-001',
    follows: [...filters, 'REL-002', 'SEAL-003', 'STAT-001', 'STAT-002', 'STAT-003'],
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
    alter: changing((value, key) =>
      key === 'page' && isObject(value) && 'totalCount' in value ? { ...value, totalCount: listAt(value, 'edges').length } : value,
    ),
  },
  {
    fault: 'sums in binary floating point',
    audit: 'STAT-002',
    follows: [],
    alter: changing((value, key) =>
      key === 'groups' && isObject(value) && typeof value['price'] === 'string'
        ? { ...value, price: String(Math.fround(Number(value['price']))) }
        : value,
    ),
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
    alter: changing((value, key) =>
      key === '' && isObject(value) && Array.isArray(value['entities']) ? { ...value, entities: value['entities'].toReversed() } : value,
    ),
  },
  {
    fault: 'ids are another system’s',
    audit: 'ID-001',
    follows: ['ENT-002'],
    alter: async ({ query, variables }, ask) =>
      changedInside(
        await ask(JSON.stringify({ query, variables: walked(variables, '', renamed('elsewhere', 'own')) })),
        renamed('own', 'elsewhere'),
      ),
  },
  {
    fault: 'errors are pages, with status 200',
    audit: 'HTTP-001',
    follows: ['CURSOR-004', 'ENT-003', 'ERR-001', 'FILTER-016', 'HTTP-002', 'HTTP-003', 'LIMIT-001'],
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
      const stacktrace = [
        'GraphQLError: Cannot query field',
        '    at Object.Field (/srv/app/node_modules/graphql/validation/rules.js:48:13)',
      ];
      const errors = answer['errors'].map((error: unknown) =>
        isObject(error) ? { ...error, extensions: { ...(isObject(error['extensions']) ? error['extensions'] : {}), stacktrace } } : error,
      );
      return { ...told, text: JSON.stringify({ ...answer, errors }) };
    },
  },
  {
    fault: 'the SDL lacks a field',
    audit: 'SDL-002',
    follows: [],
    alter: changing((value, key) =>
      key === 'sdl' && typeof value === 'string' ? value.replace(/\n {2}"[^"\n]*"\n {2}sourceUrl: String[^\n]*/, '') : value,
    ),
  },
  {
    fault: 'a field was added that is never null',
    audit: 'SDL-004',
    follows: ['SDL-006'],
    alter: changing((value, key) =>
      key === 'sdl' && typeof value === 'string' ? value.replace(/\n {2}"[^"\n]*"\n {2}sourceUrl: String/, '\n  added: String!$&') : value,
    ),
  },
  {
    fault: 'a relation is kept one way only',
    audit: 'REL-001',
    follows: [],
    alter: changing(
      (value, key) => (key === 'back' && isObject(value) ? null : value),
      (asked) => asked.query.includes('back: notices'),
    ),
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
