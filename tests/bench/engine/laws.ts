/**
 * The law of a small shop in four subgraphs, in the shape public comparisons of federation gateways use: buyers with reviews with
 * products, whose stock a fourth one knows. Written as Federation 1, which gateways of both generations read.
 * @see design/engine.md
 */
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** The subgraphs by name. */
export const laws = {
  accounts: `
    extend type Query { users(shop: Int!): [User!]! }
    type User @key(fields: "id") { id: ID! name: String! handle: String! joined: String! }`,
  products: `
    extend type Query { topProducts(shop: Int!, first: Int = 5): [Product!]! catalogue(from: Int!, first: Int = 20): [Product!]! }
    type Product @key(fields: "upc") { upc: ID! name: String! price: Int! weight: Int! }`,
  inventory: `
    extend type Product @key(fields: "upc") { upc: ID! @external price: Int! @external weight: Int! @external
      inStock: Boolean! shippingEstimate: Int @requires(fields: "price weight") }`,
  reviews: `
    type Review @key(fields: "id") { id: ID! body: String! stars: Int! author: User! product: Product! }
    extend type User @key(fields: "id") { id: ID! @external reviews: [Review!]! }
    extend type Product @key(fields: "upc") { upc: ID! @external reviews: [Review!]! }`,
} as const;

export type SubgraphName = keyof typeof laws;

/** Where a subgraph listens. */
export interface Endpoint {
  readonly name: SubgraphName;
  readonly url: string;
}

/** @returns The supergraph of the four, as they are served. */
export function composedShops(endpoints: readonly Endpoint[]): string {
  const { supergraphSdl, errors } = composeServices(endpoints.map(({ name, url }) => ({ name, url, typeDefs: parse(laws[name]) })));
  if (supergraphSdl === undefined) throw new Error(String(errors));
  return supergraphSdl;
}
