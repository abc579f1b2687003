/**
 * Fields that require others are there whatever else is skipped. @see decide.ts
 */
import { parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type ComparedEngines, openBothEngines } from '../testing/both-engines.ts';
import { composeSmall, type SmallSubgraph, smallSources } from '../testing/small-graph.ts';
import { decide, isDecidedFirst } from './decide.ts';

const subgraphs: Readonly<Record<string, SmallSubgraph>> = {
  goods: {
    sdl: 'type Query { product: Product } type Product @key(fields: "id") { id: ID! price: Int weight: Int }',
    resolvers: { Query: { product: () => ({ id: '1' }) }, Product: { price: () => 700, weight: () => 2 } },
  },
  stock: {
    sdl: `type Product @key(fields: "id") { id: ID! price: Int @external weight: Int @external
      tax: Int @requires(fields: "price") freight: Int @requires(fields: "weight") }`,
    resolvers: { Product: { tax: ({ price }) => Number(price) / 10, freight: ({ weight }) => Number(weight) * 50 } },
  },
};
const supergraphSdl = composeSmall(Object.fromEntries(Object.entries(subgraphs).map(([name, { sdl }]) => [name, sdl])));
const text = 'query ($all: Boolean! = false) { product { tax freight @include(if: $all) } }';

describe('What one field requires', () => {
  let engines: ComparedEngines;
  beforeAll(async () => {
    engines = await openBothEngines(supergraphSdl, smallSources(subgraphs));
  });
  afterAll(async () => {
    await engines[Symbol.asyncDispose]();
  });

  test('is fetched when another that requires is skipped, and when it is not', async () => {
    expect(await engines.ours(text, {})).toEqual({ data: { product: { tax: 70 } } });
    expect(await engines.ours(text, { all: true })).toEqual({ data: { product: { tax: 70, freight: 100 } } });
    expect(await engines.ours(text, { all: false })).toEqual({ data: { product: { tax: 70 } } });
  });

  test('an object is there of which nothing can be wanted', async () => {
    const empty = 'query ($yes: Boolean!) { product @skip(if: $yes) { ... @include(if: $yes) { tax id } } }';
    expect(await engines.ours(empty, { yes: false })).toEqual({ data: { product: {} } });
    expect(await engines.ours('{ product { id @skip(if: true) } }', {})).toEqual({ data: { product: {} } });
    const spread = 'query ($yes: Boolean!) { product @skip(if: $yes) { ...F } } fragment F on Product { id @include(if: $yes) }';
    expect(await engines.ours(spread, { yes: false })).toEqual({ data: { product: {} } });
    const others = 'query ($yes: Boolean!, $no: Boolean!) { product @skip(if: $no) { id @skip(if: $yes) } }';
    expect(await engines.ours(others, { yes: true, no: false })).toEqual({ data: { product: {} } });
    expect((await engines.reference(others, { yes: true, no: false })).data).toEqual({ product: null });
  });

  test('is not, in the stock engine', async () => {
    expect((await engines.reference(text, {})).data).toEqual({ product: { tax: null } });
  });
});

describe('An operation', () => {
  test('is decided first only where something requires and something is conditional', () => {
    const requiring = new Set(['tax']);
    const isFirst = (query: string): boolean => isDecidedFirst(parse(query), requiring);
    expect([isFirst(text), isFirst('{ product { tax } }'), isFirst('{ product @skip(if: true) { id } }')]).toEqual([true, false, false]);
    expect(isDecidedFirst(parse(text), new Set())).toBe(false);
  });

  test('keeps what is wanted, and other directives', () => {
    const document = parse(`query ($yes: Boolean!, $no: Boolean!) {
      a @skip(if: $no) @other b @include(if: $no) c @include(if: $yes) { d @skip(if: true) ...F @include(if: $no) } ... @skip(if: $yes) { e }
    } fragment F on T { f @include(if: false) }`);
    expect(print(decide(document, { yes: true, no: false }))).toBe(
      print(parse('query ($yes: Boolean!, $no: Boolean!) { a @other c { __typename } } fragment F on T { __typename }')),
    );
  });
});
