/**
 * Requests that no client of good will sends: broken bodies, endless nesting, wrong types everywhere, other languages inside
 * values.
 */
import { dice } from '../../support/dice.ts';
import type { Sent } from './send.ts';

const json = { 'content-type': 'application/json' } as const;
const good = '{ notices(first: 1) { totalCount } }';

/** A question in a body. */
function body(value: unknown): Sent {
  return {
    method: 'POST',
    path: '/graphql',
    headers: json,
    body: typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value),
  };
}

function address(search: string): Sent {
  return { method: 'GET', path: `/graphql?${search}`, headers: {} };
}

function nested(open: string, depth: number, close: string): string {
  return `${open.repeat(depth)}${close.repeat(depth)}`;
}

/** Requests that are refused before any operation runs. */
export const nonsense: Readonly<Record<string, Sent>> = {
  'no body': { method: 'POST', path: '/graphql', headers: json },
  'no question': { method: 'GET', path: '/graphql', headers: {} },
  'half a body': body('{"query":"{ notices'),
  'a body of zero bytes': body(new Uint8Array(64)),
  'no UTF-8': body(Buffer.concat([Buffer.from('{"query":"'), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from('"}')])),
  'a number': body('42'),
  null: body('null'),
  'a text': body('"query"'),
  'a list of nothing': body('[]'),
  'an object of nothing': body({}),
  'a body of more than a megabyte': body(JSON.stringify({ query: good, variables: { a: 'x'.repeat(1_100_000) } })),
  'a hundred thousand brackets': body(nested('[', 100_000, ']')),
  'a hundred thousand objects in variables': body(
    `{"query":"query($f: NoticeFilter) { notices(filter: $f) { totalCount } }","variables":{"f":${'{"title":'.repeat(20_000)}1${'}'.repeat(20_000)}}}`,
  ),
  'a query that is a number': body({ query: 42 }),
  'a query that is a list': body({ query: [good] }),
  'a query that is empty': body({ query: '' }),
  'a query of one bracket': body({ query: '{' }),
  'a query of control characters': body({ query: '\u0000\u0007\u001b[2J{ notices { totalCount } }\uD800' }),
  'variables that are a text': body({ query: good, variables: 'x' }),
  'variables that are a list': body({ query: good, variables: [] }),
  'an operation name that is an object': body({ query: good, operationName: {} }),
  'an operation name of nobody': body({ query: good, operationName: '__proto__' }),
  'extensions that are a text': body({ query: good, extensions: 'x' }),
  'a persisted query': body({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
  'ten thousand levels': body({ query: nested('{ notices ', 10_000, '}') }),
  'a thousand levels that fit': body({ query: `{ notices { nodes ${nested('{ deals { notices ', 300, '} }')} } }` }),
  'ten thousand aliases': body({ query: `{ ${Array.from({ length: 10_000 }, (_, index) => `a${index}: __typename`).join(' ')} }` }),
  'a hundred and one aliases': body({
    query: `{ notices { ${Array.from({ length: 101 }, (_, index) => `a${index}: totalCount`).join(' ')} } }`,
  }),
  'fragments in a circle': body({
    query: '{ notices { ...A } } fragment A on NoticeConnection { ...B } fragment B on NoticeConnection { ...A }',
  }),
  'fragments that double': body({
    query: `{ notices { ...F0 } } ${Array.from({ length: 30 }, (_, index) => `fragment F${index} on NoticeConnection { ${index === 29 ? 'totalCount' : `...F${index + 1} ...F${index + 1}`} }`).join(' ')}`,
  }),
  'a million rows': body({ query: '{ notices(first: 1000000) { nodes { id } } }' }),
  'fewer rows than none': body({ query: '{ notices(first: -1) { nodes { id } } }' }),
  'more than an integer': body({ query: '{ notices(first: 99999999999999999999) { nodes { id } } }' }),
  'rows in a float': body({ query: 'query($n: Int!) { notices(first: $n) { nodes { id } } }', variables: { n: 1.5 } }),
  'an order in another language': body({
    query: 'query($o: NoticeOrder!) { notices(order: $o) { nodes { id } } }',
    variables: { o: 'PUBLISHED_DESC; drop table notice' },
  }),
  'an order of the prototype': body({
    query: 'query($o: NoticeOrder!) { notices(order: $o) { nodes { id } } }',
    variables: { o: 'constructor' },
  }),
  'a filter of the prototype': body(
    '{"query":"query($f: NoticeFilter) { notices(filter: $f) { totalCount } }","variables":{"f":{"__proto__":{"systems":["s00"]},"constructor":{"prototype":{}}}}}',
  ),
  'an unknown system': body({ query: '{ notices(filter: { systems: ["s00\' or 1=1 --"] }) { totalCount } }' }),
  'an address that is half escaped': address('query=%7B%20notices%E5'),
  'an address that is wrongly escaped': address('query=%'),
  'an address with broken variables': address(`query=${encodeURIComponent(good)}&variables=%7B`),
  'an address with many questions': address(`query=${encodeURIComponent(good)}&query=${encodeURIComponent(good)}`),
  'an address with a mutation': address(`query=${encodeURIComponent('mutation { notices { totalCount } }')}`),
};

/** Values that would mean something to a database, a shell, a template or a prototype. */
export const hostileValues: readonly string[] = [
  "' or 1=1 --",
  "'; drop table notice; --",
  '%',
  '_%_',
  '\\',
  '\u0000',
  'x\u0000y',
  '\uD800',
  '𠮷'.repeat(5000),
  '$1::text',
  '{}',
  '{"a":1}',
  '__proto__',
  'NaN',
  'Infinity',
  '1e999999',
  '-0',
  '9'.repeat(50_000),
  '0'.repeat(400),
  '9999-99-99T99:99:99Z',
  '+275760-09-13T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '2026-01-01T00:00:00+14:00',
  '2026-02-30',
  '{{7*7}}${7*7}<%= 7*7 %>',
  '(?:a+)+$',
  '',
  ' ',
];

/** @returns Bytes of no form. */
export function randomBytes(seed: number, length: number): Buffer {
  const throws = dice(seed);
  return Buffer.from(Array.from({ length }, () => throws.int(256)));
}
