/**
 * The shop's subgraphs in one process. Each executes a question once and repeats the answer from then on: what remains to be
 * measured is the gateway.
 */
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { listenOn } from '@hub/kit/process';
import { graphql, type GraphQLSchema } from 'graphql';
import { z } from 'zod';

import { shop } from './shop.ts';

const question = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

let requests = 0;

process.once('message', () => void serve());

async function serve(): Promise<void> {
  const servers: Server[] = [];
  const endpoints = await Promise.all(
    shop.map(async ({ name, typeDefs, resolvers }) => {
      const server = createServer(answering(buildSubgraphSchema([{ typeDefs, resolvers: { ...resolvers } }])));
      servers.push(server);
      return { name, url: `http://127.0.0.1:${await listenOn(server, 0)}/graphql` };
    }),
  );
  process.on('message', () => process.send?.({ requests }));
  process.once('disconnect', () => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });
  process.send?.({ endpoints });
}

function answering(schema: GraphQLSchema): Parameters<typeof createServer>[1] {
  const answers = new Map<string, Promise<string>>();
  return (request, response) => {
    requests++;
    void text(request).then(async (body) => {
      const answer = answers.get(body) ?? execute(schema, body);
      answers.set(body, answer);
      response.setHeader('content-type', 'application/json');
      response.end(await answer);
    });
  };
}

async function execute(schema: GraphQLSchema, body: string): Promise<string> {
  const { query, variables, operationName } = question.parse(JSON.parse(body));
  return JSON.stringify(await graphql({ schema, source: query, variableValues: variables, operationName }));
}
