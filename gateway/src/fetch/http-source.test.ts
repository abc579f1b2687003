/**
 * The gateway as a plain federation gateway: a supergraph from a URL, subgraphs of anybody, no partitioned contract.
 */
import { createServer, type RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';

import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createLog, listenOn } from '@hub/kit/process';
import { graphql, type GraphQLSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';

import { at } from '../../testing/json.ts';
import { startGateway } from '../server.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const products = `${link} type Query { products: [Product!]! } type Mutation { rename(name: String!): Product! } type Product @key(fields: "id") { id: ID! name: String }`;
const reviews = `${link} type Product @key(fields: "id") { id: ID! stars: Int fails: String }`;

const productResolvers = {
  Query: { products: () => ['1', '2'].map((id) => ({ id, name: `no. ${id}` })) },
  Mutation: { rename: (_: unknown, { name }: { name: string }) => ({ id: '1', name }) },
};
const reviewResolvers = {
  Product: {
    __resolveReference: ({ id }: { id: string }) => ({ id, stars: Number(id) }),
    fails: () => {
      throw new Error('select * from secrets');
    },
  },
};

async function listen(listener: RequestListener, opened: AsyncDisposableStack): Promise<string> {
  const server = createServer(listener);
  const port = await listenOn(server, 0);
  opened.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${port}/`;
}

function serve(schema: GraphQLSchema, opened: AsyncDisposableStack): Promise<string> {
  return listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked: unknown = JSON.parse(Buffer.concat(chunks).toString());
      const variableValues = { representations: at(asked, 'variables', 'representations'), name: at(asked, 'variables', 'name') };
      void graphql({ schema, source: String(at(asked, 'query')), variableValues }).then((answer) => response.end(JSON.stringify(answer)));
    });
  }, opened);
}

describe('a plain supergraph', () => {
  test('is served from its URL over its own subgraphs, and followed when it changes', async () => {
    await using opened = new AsyncDisposableStack();
    const productsUrl = await serve(buildSubgraphSchema([{ typeDefs: parse(products), resolvers: productResolvers }]), opened);
    const reviewsUrl = await serve(buildSubgraphSchema([{ typeDefs: parse(reviews), resolvers: reviewResolvers }]), opened);
    const compose = (reviewsSdl: string) =>
      composeServices([
        { name: 'products', url: productsUrl, typeDefs: parse(products) },
        { name: 'reviews', url: reviewsUrl, typeDefs: parse(reviewsSdl) },
      ]).supergraphSdl ?? '';
    let sdl = compose(reviews);
    let followed = (): void => {};
    const supergraph = await listen((request, response) => {
      const etag = `"${sdl.length}"`;
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag }).end(sdl);
    }, opened);
    const gateway = opened.use(
      await startGateway({
        supergraph,
        port: 0,
        pollMs: 20,
        log: createLog('test', 'silent'),
        onEvent: ({ kind }) => void (kind === 'supergraph-adopted' && followed()),
      }),
    );
    const ask = async (query: string): Promise<unknown> => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
      return response.json();
    };

    expect(await ask('{ products { name stars } }')).toEqual({
      data: {
        products: [
          { name: 'no. 1', stars: 1 },
          { name: 'no. 2', stars: 2 },
        ],
      },
    });
    expect(await ask('mutation { rename(name: "x") { name stars } }')).toEqual({ data: { rename: { name: 'x', stars: 1 } } });
    expect(await ask('{ products { fails } }')).toEqual({
      data: { products: [{ fails: null }, { fails: null }] },
      errors: [0, 1].map((index) => ({
        message: 'reviews 未能作答。',
        path: ['products', index, 'fails'],
        extensions: { code: 'SYSTEM_FAILED', messageEn: 'reviews could not answer.', system: 'reviews' },
      })),
    });

    const adopted = Promise.withResolvers<void>();
    followed = adopted.resolve;
    sdl = compose(reviews.replace('stars: Int', 'stars: Int points: Int'));
    await adopted.promise;
    expect(at(await ask('{ __type(name: "Product") { fields { name } } }'), 'data', '__type', 'fields')).toContainEqual({ name: 'points' });
  });

  test('that cannot be read or used ends the start', async () => {
    const start = (supergraph: string) => startGateway({ supergraph, port: 0, log: createLog('test', 'silent') });
    await expect(start('/nowhere/supergraph.graphql')).rejects.toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    await expect(start(fileURLToPath(import.meta.url))).rejects.toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    await expect(start('http://127.0.0.1:9/')).rejects.toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});
