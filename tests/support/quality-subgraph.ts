/**
 * The exchange's quality alone, as a subgraph over HTTP, with counters that a test puts in: what pages show is then known.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { qualityField } from '@hub/exchange';
import { type TestExchange, openTestExchange } from '@hub/exchange/testing';
import { provinceCodes, scalars } from '@hub/kit';
import { law, serveContracts } from '@hub/schema';
import { graphql } from 'graphql';
import { z } from 'zod';

import { toyProvince } from './toy-province.ts';

/** A trade that the province alone has. */
const tea = { code: 'tea', name: '茶叶', published: undefined, direction: 'PUBLIC_RECEIVES' } as const;

const question = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });

/** A subgraph that runs. */
export interface QualitySubgraph extends AsyncDisposable {
  readonly url: string;
  readonly exchange: TestExchange;
  /** Ends the subgraph and leaves its tables. */
  stop(): Promise<void>;
}

/** Starts it. */
export async function startQualitySubgraph(clock: { readonly nowMs: () => number }): Promise<QualitySubgraph> {
  const exchange = await openTestExchange({ clock, codes: provinceCodes({ ...(await toyProvince()), categories: [tea] }) });
  const contract = law().contracts.find(({ contract: { name } }) => name === 'exchange');
  if (contract === undefined) throw new Error('the law has an exchange');
  const quality = (_: unknown, args: Parameters<typeof qualityField>[1]): unknown => qualityField(exchange.store, args);
  const schema = buildSubgraphSchema([{ typeDefs: serveContracts([contract.served]), resolvers: { ...scalars, Query: { quality } } }]);
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const { query, variables } = question.parse(JSON.parse(body));
      const answer = await graphql({ schema, source: query, variableValues: variables });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  const stop = (): Promise<void> =>
    new Promise((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  const port = (({ port: number }: AddressInfo) => number)(addressOf(server.address()));
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    exchange,
    stop,
    async [Symbol.asyncDispose]() {
      if (server.listening) await stop();
      await exchange[Symbol.asyncDispose]();
    },
  };
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('it listens on a port');
  return address;
}
