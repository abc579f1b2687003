/**
 * Which parts an operation with `@defer` has, where each says it belongs, and what it says.
 * @see gateway/README.md «@defer»
 */
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { FetchSource } from '../fetch/source.ts';
import { type ComparedEngines, openBothEngines } from '../testing/both-engines.ts';
import { composeSmall, type SmallSubgraph, smallSources } from '../testing/small-graph.ts';

const shop: SmallSubgraph = {
  sdl: `type Query { shelf: Shelf! spare: Shelf } type Shelf { name: String broken: Int! items: [Item!]! grid: [[Item]] }
    interface Item { id: ID! } type Book implements Item @key(fields: "id") { id: ID! title: String } type Cup implements Item { id: ID! size: Int }`,
  resolvers: {
    Query: {
      spare: () => ({ items: [book(1)] }),
      shelf: () => ({ name: 'A', items: [book(1), { __typename: 'Cup', id: 'c', size: 2 }, book(2)], grid: [[book(3)], [null, book(1)]] }),
    },
    Shelf: { broken: () => Promise.reject(new Error('broken')) },
    Book: { title: ({ id }) => `T${String(id)}` },
  },
};
const press: SmallSubgraph = {
  sdl: `type Query { pressName: String } type Book @key(fields: "id") { id: ID! pages: Int! author: Author } type Author @key(fields: "id") { id: ID! }`,
  resolvers: {
    Query: { pressName: () => 'P' },
    Book: { pages: ({ id }) => (id === '2' ? null : 10), author: ({ id }) => ({ id: `of${String(id)}` }) },
  },
};
const people: SmallSubgraph = {
  sdl: 'type Author @key(fields: "id") { id: ID! name: String }',
  resolvers: { Author: { name: ({ id }) => (id === 'of2' ? Promise.reject(new Error('gone')) : `N${String(id)}`) } },
};

const subgraphs = { shop, press, people };
const sdls = { shop: shop.sdl, press: press.sdl, people: people.sdl };

let engines: ComparedEngines;
beforeAll(async () => {
  engines = await openBothEngines(composeSmall(sdls), smallSources(subgraphs));
});
afterAll(() => engines[Symbol.asyncDispose]());

function book(id: number) {
  return { __typename: 'Book', id: `${id}` };
}

/** The first part, then all others in the order they came, each as what it says and where; with its label and messages where it has them. */
async function parts(query: string, variables = {}, over = engines): Promise<readonly unknown[] | undefined> {
  const made = await over.inParts(query, variables);
  if (made === undefined) return undefined;
  const told: unknown[] = [made.first.data];
  for await (const { payloads } of made.rest)
    for (const { label, path, data, errors, faults } of payloads) {
      const failed = [...errors, ...faults].map(({ message, path: at = [] }) => `${at.join('.')}: ${message}`);
      told.push([path.join('.'), data, ...(label === undefined ? [] : [label]), ...failed]);
    }
  return told;
}

test('a part for each object of lists, and of lists of lists, that is of the type', async () => {
  const pages = '... on Book @defer(label: "pages") { author { id } }';
  expect(await parts(`{ shelf { items { id ${pages} } grid { ...on Book { id } ${pages} } } }`)).toEqual([
    { shelf: { items: [{ id: '1' }, { id: 'c' }, { id: '2' }], grid: [[{ id: '3' }], [null, { id: '1' }]] } },
    ['shelf.items.0', { author: { id: 'of1' } }, 'pages'],
    ['shelf.items.2', { author: { id: 'of2' } }, 'pages'],
    ['shelf.grid.0.0', { author: { id: 'of3' } }, 'pages'],
    ['shelf.grid.1.1', { author: { id: 'of1' } }, 'pages'],
  ]);
});

test('what is put off inside what is put off comes after it; fragments by name like any other', async () => {
  const query = `query { shelf { ... @defer(label: "outer") { items { ...Later @defer(label: "inner") } } name } }
    fragment Later on Book { title author { name } }`;
  expect(await parts(query)).toEqual([
    { shelf: { name: 'A' } },
    ['shelf', { items: [{}, {}, {}] }, 'outer'],
    ['shelf.items.0', { title: 'T1', author: { name: 'Nof1' } }, 'inner'],
    ['shelf.items.2', { title: 'T2', author: { name: null } }, 'inner', 'shelf.items.2.author.name: gone'],
  ]);
});

test('what failed is told in its part, a null does not leave it, and the others say what they say', async () => {
  const query = '{ shelf { items { ... on Book { title ... @defer { pages } ... @defer { again: title } } } } }';
  const [first, ...rest] = (await parts(query)) ?? [];
  expect(first).toEqual({ shelf: { items: [{ title: 'T1' }, {}, { title: 'T2' }] } });
  expect(rest.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual([
    ['shelf.items.0', { again: 'T1' }],
    ['shelf.items.0', { pages: 10 }],
    ['shelf.items.2', null, expect.stringMatching(/^shelf\.items\.2\.pages: .*non-nullable/)],
    ['shelf.items.2', { again: 'T2' }],
  ]);
});

test('no part takes from another what both asked for and one did not get', async () => {
  const told = await parts('{ pressName ... @defer { spare { broken } } ... @defer { spare { items { ... on Book { pages } } } } }');
  expect(told).toEqual([{ pressName: 'P' }, ['', { spare: null }, 'spare.broken: broken'], ['', { spare: { items: [{ pages: 10 }] } }]]);
});

test('a null has a word with it, though what is away is told at the first object alone', async () => {
  const away: FetchSource = {
    isOne: true,
    prepare: () => async () => ({
      data: { _entities: [null, null] },
      errors: [{ message: 'away', path: ['_entities', 0], extensions: { code: 'SYSTEM_FAILED', system: 'x' } }],
    }),
  };
  await using broken = await openBothEngines(composeSmall(sdls), new Map([...smallSources(subgraphs), ['press', away]]));
  expect(await parts('{ shelf { items { ... on Book @defer { pages } } } }', {}, broken)).toEqual([
    { shelf: { items: [{}, {}, {}] } },
    ['shelf.items.0', null, 'shelf.items.0: away'],
    ['shelf.items.2', null, 'shelf.items.0: away'],
  ]);
});

test.each([
  [{ later: true, skipped: false }, [{ shelf: { name: 'A' } }, ['', { pressName: 'P' }]]],
  [{ skipped: false }, [{ shelf: { name: 'A' } }, ['', { pressName: 'P' }]]],
  [{ later: false, skipped: false }, undefined],
  [{ later: true, skipped: true }, undefined],
])('whether it is put off is decided by variables: %o', async (variables, expected) => {
  const query = 'query ($later: Boolean, $skipped: Boolean!) { ... @defer(if: $later) @skip(if: $skipped) { pressName } shelf { name } }';
  expect(await parts(query, variables)).toEqual(expected);
});

test('more than sixteen are not', async () => {
  const query = (count: number): string => `{ shelf { name ${'... @defer { name } '.repeat(count)} } }`;
  expect((await parts(query(16)))?.length).toBe(17);
  expect(await parts(query(17))).toBeUndefined();
  expect(await engines.ours(query(17), {})).toEqual({ data: { shelf: { name: 'A' } } });
});
