/**
 * Aliases and arguments of clients do not reach what subgraphs are told. @see separate-keys.ts
 */
import { joinsOf } from '@hub/schema';
import { GraphQLError, parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type ComparedEngines, openBothEngines } from '../testing/both-engines.ts';
import { composeSmall, type SmallSubgraph, smallSources } from '../testing/small-graph.ts';

import { readSupergraph } from './marks.ts';
import { separateKeys, toldFieldsOf } from './separate-keys.ts';

const subgraphs: Readonly<Record<string, SmallSubgraph>> = {
  goods: {
    sdl: `type Query { product: Product }
      type Product @key(fields: "id") { id: ID! name: String price(currency: String = "CNY"): Int broken: Int }`,
    resolvers: {
      Query: { product: () => ({ id: '1' }) },
      Product: {
        name: () => '2',
        price: (_, { currency }) => (currency === 'CNY' ? 700 : 100),
        broken: () => {
          throw new GraphQLError('it broke');
        },
      },
    },
  },
  stock: {
    sdl: `type Product @key(fields: "id") {
      id: ID! amount: Int price(currency: String = "CNY"): Int @external
      tax: Int @requires(fields: "price(currency: \\"USD\\")")
    }`,
    resolvers: { Product: { amount: ({ id }) => Number(id) * 10, tax: ({ price }) => Number(price) / 10 } },
  },
};
const supergraphSdl = composeSmall(Object.fromEntries(Object.entries(subgraphs).map(([name, { sdl }]) => [name, sdl])));

describe('What a client calls its fields', () => {
  let engines: ComparedEngines;
  beforeAll(async () => {
    engines = await openBothEngines(supergraphSdl, smallSources(subgraphs));
  });
  afterAll(async () => {
    await engines[Symbol.asyncDispose]();
  });

  test.for([
    ['a key', '{ product { id: name amount } }', { id: '2', amount: 10 }],
    ['a key, by the field of another subgraph', '{ product { id: amount again: amount tax } }', { id: 10, again: 10, tax: 10 }],
    ['the name of the type', '{ product { __typename: name kind: __typename amount } }', { __typename: '2', kind: 'Product', amount: 10 }],
    ['what is required', '{ product { price: name tax } }', { price: '2', tax: 10 }],
    ['what is required, with arguments of its own', '{ product { price(currency: "CNY") tax } }', { price: 700, tax: 10 }],
    ['what is required, without arguments', '{ product { price tax } }', { price: 700, tax: 10 }],
    ['in a fragment', '{ product { ...F tax } } fragment F on Product { price }', { price: 700, tax: 10 }],
    ['the name that would be taken', '{ product { id: name as_id: amount as_id_: tax } }', { id: '2', as_id: 10, as_id_: 10 }],
  ] as const)('may be %s', async ([, query, product]) => {
    expect(await engines.ours(query, {})).toMatchObject({ data: { product } });
  });

  test('is where its errors are', async () => {
    const { data, errors } = await engines.ours('{ product { id: broken amount } }', {});
    expect({ data, paths: errors?.map(({ path }) => path) }).toEqual({
      data: { product: { id: null, amount: 10 } },
      paths: [['product', 'id']],
    });
  });
});

describe('A document', () => {
  const told = toldFieldsOf(joinsOf(readSupergraph(supergraphSdl)));

  test('that takes no field for another stays as it is', () => {
    expect(
      separateKeys(parse('{ product { __typename id name: name amount tax dollars: price(currency: "USD") } }'), told),
    ).toBeUndefined();
  });

  test('that asks as it is required stays as it is', () => {
    expect(separateKeys(parse('{ product { price(currency: "USD") tax } }'), told)).toBeUndefined();
  });

  test('calls all fields of one response key alike', () => {
    const separated = separateKeys(parse('{ product { id: name } other: product { id } }'), told);
    expect([separated && print(separated.document), [...(separated?.keys ?? [])]]).toEqual([
      print(parse('{ product { as_id: name } other: product { as_id: id } }')),
      [['id', 'as_id']],
    ]);
  });
});
