/**
 * Any number of systems in one process that answer from memory: what remains to be measured is the gateway. Each executes a
 * question once, by the contracts, and repeats the answer from then on.
 */
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

import { listenOn } from '@hub/kit/process';
import { graphql, type GraphQLSchema } from 'graphql';
import { z } from 'zod';

import { codeAt, noticeSchema, type NoticeSystem } from './notice-page.ts';

const order = z.object({ count: z.number(), rows: z.number() });
const question = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).optional() });

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const { count, rows } = order.parse(message);
  const { schema, contracts } = noticeSchema();
  const systems = [];
  const servers: Server[] = [];
  for (let place = 0; place < count; place++) {
    const code = codeAt(place);
    const server = createServer(answering(schema, { code, place, rows }));
    servers.push(server);
    const url = `http://127.0.0.1:${await listenOn(server, 0)}/graphql`;
    systems.push({ code, name: `第${place}交易系统`, url, state: 'published', contracts });
  }
  process.once('disconnect', () => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });
  process.send?.({ systems });
}

function answering(schema: GraphQLSchema, system: NoticeSystem): Parameters<typeof createServer>[1] {
  const answers = new Map<string, Promise<string>>();
  const execute = async (body: string): Promise<string> => {
    const { query, variables } = question.parse(JSON.parse(body));
    return JSON.stringify(await graphql({ schema, source: query, variableValues: variables, contextValue: system }));
  };
  return (request, response) => {
    void text(request).then(async (body) => {
      const answer = answers.get(body) ?? execute(body);
      answers.set(body, answer);
      response.setHeader('content-type', 'application/json');
      response.end(await answer);
    });
  };
}
