/**
 * The measurements' subgraphs answer as graphql-js does over the same things, whatever a gateway asks.
 */
import { describe, expect, test } from 'vitest';

import { openFastSubgraph } from './fast-subgraph.ts';
import type { SubgraphName } from './laws.ts';
import { stockShops } from './shops.ts';

const stock = stockShops();
const subgraphs = {
  accounts: openFastSubgraph('accounts', stock),
  products: openFastSubgraph('products', stock),
  inventory: openFastSubgraph('inventory', stock),
  reviews: openFastSubgraph('reviews', stock),
};

const user = (id: string) => ({ __typename: 'User', id });
const product = (upc: string, more: object = {}) => ({ __typename: 'Product', upc, ...more });
const priced = stock.catalogue[3] ?? {};
const told = { price: Reflect.get(priced, 'price'), weight: Reflect.get(priced, 'weight') };
const entities = 'query($r: [_Any!]!) { _entities(representations: $r)';

type Case = readonly [SubgraphName, string, Readonly<Record<string, unknown>>?];

const fast: readonly Case[] = [
  ['accounts', '{ users(shop: 3) { id name handle joined } }'],
  ['accounts', 'query Q($shop: Int!) { users(shop: $shop) { __typename id again: name } }', { shop: 300 }],
  ['accounts', 'query Q($shop: Int! = 4) { users(shop: $shop) { id } }'],
  ['accounts', '{ users(shop: 9999) { id } }'],
  ['accounts', '{ __typename a: users(shop: 1) { id } b: users(shop: 2) { name } }'],
  ['accounts', '{ users(shop: 1) { id } users(shop: 1) { name } }'],
  [
    'accounts',
    '{ users(shop: 1) { ...A ... on User { name } ... { joined } } } fragment A on User { handle ...B } fragment B on User { id }',
  ],
  ['accounts', `${entities} { ... on User { name } } }`, { r: [user('u1-1'), user('u300-2')] }],
  ['accounts', `${entities} { __typename ... on User { n: name id } } }`, { r: [user('u1-1'), user('u1-1'), user('nobody')] }],
  ['accounts', `${entities} { ...F } } fragment F on User { name }`, { r: [] }],
  [
    'accounts',
    'query($a: [_Any!]!, $b: [_Any!]!) { a: _entities(representations: $a) { ... on User { name } } b: _entities(representations: $b) { ... on User { id } } }',
    { a: [user('u1-1')], b: [user('u2-1'), user('u2-2')] },
  ],
  ['accounts', '{ _entities(representations: [{ __typename: "User", id: "u1-1" }]) { ... on User { name } } }'],
  [
    'accounts',
    'query($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }]) { ... on User { name } } }',
    { id: 'u1-1' },
  ],
  ['products', '{ topProducts(shop: 2) { upc name price weight } }'],
  ['products', '{ topProducts(shop: 2, first: 2) { upc } catalogue(from: 20, first: 3) { upc name } }'],
  ['products', 'query($first: Int) { topProducts(shop: 2, first: $first) { upc } }'],
  ['products', 'query($first: Int = 1) { topProducts(shop: 2, first: $first) { upc } }'],
  ['products', '{ topProducts(shop: 2, first: -1) { upc } }'],
  ['products', `${entities} { ... on Product { name price weight } } }`, { r: [product('p1-1'), product('p301-1', { more: 1 })] }],
  ['inventory', `${entities} { ... on Product { inStock } } }`, { r: [product('p0-3'), product('p0-4')] }],
  ['inventory', `${entities} { ... on Product { inStock shippingEstimate } } }`, { r: [product('p0-3', told), product('p0-3')] }],
  [
    'reviews',
    `${entities} { ... on User { reviews { id body stars product { upc } author { __typename id } } } } }`,
    { r: [user('u1-1')] },
  ],
  [
    'reviews',
    `${entities} { __typename ... on User { reviews { id } } ... on Product { upc reviews { body author { id } } } ... on Review { stars } } }`,
    { r: [user('u300-1'), product('p300-1'), { __typename: 'Review', id: 'r300-1-1' }] },
  ],
];

const leftToReference: readonly Case[] = [
  ['accounts', '{ _service { sdl } }'],
  ['accounts', '{ __schema { queryType { name } } }'],
  ['accounts', '{ users(shop: 1) { unknown } }'],
  ['accounts', '{ users(shop: 1) { id '],
  ['accounts', 'query($shop: Int!) { users(shop: $shop) { id } }', { shop: 'three' }],
  ['accounts', 'query($shop: Int!) { users(shop: $shop) { id } }'],
  ['accounts', 'query($no: Boolean!) { users(shop: 1) { id name @skip(if: $no) } }', { no: true }],
  ['accounts', `${entities} { ... on User { name } } }`, { r: [{ __typename: 'Nobody', id: '1' }] }],
  ['accounts', `${entities} { ... on User { name } } }`],
  ['products', '{ topProducts(shop: 2, first: null) { upc } }'],
  ['products', 'query($first: Int = null) { topProducts(shop: 2, first: $first) { upc } }'],
  ['inventory', `${entities} { ... on Product { inStock shippingEstimate } } }`, { r: [product('p0-3', { price: 5, weight: 300 })] }],
  ['reviews', 'mutation { nothing }'],
];

const asked = ([name, query, variables = {}]: Case) => ({ name, query, variables, operationName: undefined });

describe('the same answer as graphql-js', () => {
  test.each(fast.map(asked))('$name: $query', async (asked) => {
    const { name } = asked;
    const before = subgraphs[name].leftToReference;
    const answer = await subgraphs[name].answer(asked);
    expect(JSON.parse(answer)).toEqual(JSON.parse(await subgraphs[name].reference(asked)));
    expect(answer.startsWith('{"errors"')).toBe(false);
    expect(subgraphs[name].leftToReference).toBe(before);
  });

  test.each(leftToReference.map(asked))('what is out of the ordinary is left to it: $name: $query', async (asked) => {
    const { name } = asked;
    const before = subgraphs[name].leftToReference;
    expect(await subgraphs[name].answer(asked)).toBe(await subgraphs[name].reference(asked));
    expect(subgraphs[name].leftToReference).toBe(before + 1);
  });

  test('the named one of several operations', async () => {
    const query = 'query A { users(shop: 1) { id } } query B { users(shop: 1) { name } }';
    for (const operationName of ['A', 'B', undefined]) {
      const asked = { query, variables: {}, operationName };
      expect(await subgraphs.accounts.answer(asked)).toBe(await subgraphs.accounts.reference(asked));
    }
  });
});
