/**
 * A small shop in four subgraphs, as public comparisons of federation gateways use: whose fields meet in every product.
 */
import { composeServices } from '@apollo/composition';
import { parse, type DocumentNode } from 'graphql';

/** One subgraph: its law and how it answers. */
export interface ShopSubgraph {
  readonly name: string;
  readonly typeDefs: DocumentNode;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, (source: Source, args: Source) => unknown>>>>;
}

type Source = Readonly<Record<string, unknown>>;

const accounts = Array.from({ length: 8 }, (_, place) => ({ id: `a${place}`, name: `Buyer number ${place}` }));
const products = Array.from({ length: 12 }, (_, place) => ({
  sku: `p${place}`,
  name: `Thing number ${place}`,
  price: 10 + place,
  weight: 100 * place,
}));
// Every account speaks of four products, so that every product is spoken of by two or three accounts.
const reviews = accounts.flatMap((_, author) =>
  Array.from({ length: 4 }, (_one, number) => ({
    id: `r${author}-${number}`,
    text: `What buyer ${author} says about a thing after a while, number ${number}`,
    rating: 1 + ((author + number) % 5),
    author: author % accounts.length,
    product: (author * 5 + number * 2) % products.length,
  })),
);

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])';

/** The subgraphs; each knows the others' things by their keys. */
export const shop: readonly ShopSubgraph[] = [
  {
    name: 'accounts',
    typeDefs: parse(`${link} type Query { accounts: [Account!]! } type Account @key(fields: "id") { id: ID! name: String! }`),
    resolvers: {
      Query: { accounts: () => accounts },
      Account: { __resolveReference: ({ id }) => accounts.find((account) => account.id === id) },
    },
  },
  {
    name: 'products',
    typeDefs: parse(`${link} type Query { products(first: Int = 5): [Product!]! }
      type Product @key(fields: "sku") { sku: ID! name: String! price: Int! weight: Int! }`),
    resolvers: {
      Query: { products: (_, { first }) => products.slice(0, Number(first)) },
      Product: { __resolveReference: ({ sku }) => products.find((product) => product.sku === sku) },
    },
  },
  {
    name: 'inventory',
    typeDefs: parse(`${link} type Product @key(fields: "sku") { sku: ID! price: Int! @external weight: Int! @external
      inStock: Boolean! shippingCost: Int @requires(fields: "price weight") }`),
    resolvers: {
      Product: {
        inStock: ({ sku }) => String(sku).length === 2,
        shippingCost: ({ price, weight }) => Math.round(Number(price) / 2 + Number(weight) / 10),
      },
    },
  },
  {
    name: 'reviews',
    typeDefs: parse(`${link} type Review @key(fields: "id") { id: ID! text: String! rating: Int! author: Account! product: Product! }
      type Account @key(fields: "id") { id: ID! reviews: [Review!]! } type Product @key(fields: "sku") { sku: ID! reviews: [Review!]! }`),
    resolvers: {
      Account: { reviews: ({ id }) => reviews.filter(({ author }) => accounts[author]?.id === id) },
      Product: { reviews: ({ sku }) => reviews.filter(({ product }) => products[product]?.sku === sku) },
      Review: {
        author: ({ author }) => ({ id: accounts[Number(author)]?.id }),
        product: ({ product }) => ({ sku: products[Number(product)]?.sku }),
      },
    },
  },
];

/** One nested question that goes back and forth between all four. */
export const shopQuery = `query Shop {
  accounts { id name reviews { id text rating
    product { sku name price inStock shippingCost reviews { id text
      author { id name reviews { id text product { sku name } } } } } } }
  products(first: 5) { sku name inStock shippingCost reviews { id text author { id name reviews { id rating product { sku name price } } } } }
}`;

/** @returns The supergraph of the shop, as its subgraphs are served. */
export function composedShop(endpoints: readonly { readonly name: string; readonly url: string }[]): string {
  const services = shop.map(({ name, typeDefs }) => ({
    name,
    typeDefs,
    url: endpoints.find((endpoint) => endpoint.name === name)?.url ?? '',
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(String(errors));
  return supergraphSdl;
}
