/**
 * Any number of systems in one process that answer from memory: what remains to be measured is the gateway. Each executes a
 * question once, by the contracts, and repeats the answer from then on.
 */
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { listenOn } from '@hub/kit/process';
import { encodeRecordId, encodeSystemCursor, law, printInstant, serveContracts } from '@hub/schema';
import { graphql, type GraphQLSchema } from 'graphql';
import { z } from 'zod';

const order = z.object({ count: z.number(), rows: z.number() });
const question = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).optional() });

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const { count, rows } = order.parse(message);
  const contracts = law().contracts.filter(({ contract }) => contract.partitioned);
  const typeDefs = serveContracts(contracts.map(({ served }) => served));
  const schema = buildSubgraphSchema([
    { typeDefs, resolvers: { Query: { notices: (_: unknown, asked: Asked, system: System) => page(system, asked) } } },
  ]);
  const systems = [];
  const servers: Server[] = [];
  for (let place = 0; place < count; place++) {
    const code = `s${String(place).padStart(3, '0')}`;
    const server = createServer(answering(schema, { code, place, rows }));
    servers.push(server);
    const url = `http://127.0.0.1:${await listenOn(server, 0)}/graphql`;
    systems.push({ code, name: `第${place}交易系统`, url, state: 'published', contracts: contracts.map(({ contract }) => contract.name) });
  }
  process.once('disconnect', () => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });
  process.send?.({ systems });
}

interface Asked {
  readonly first: number;
  readonly after?: string | null;
}

interface System {
  readonly code: string;
  readonly place: number;
  readonly rows: number;
}

function answering(schema: GraphQLSchema, system: System): Parameters<typeof createServer>[1] {
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

/** The rows of all systems interleave; the first are those of the last systems. */
function page({ code: system, place, rows }: System, { first, after }: Asked): object {
  const all = Array.from({ length: rows }, (_, index) => {
    const id = encodeRecordId({ system, type: 'Notice', key: `n${index}` });
    const instant = new Date(Date.UTC(2026, 10, 1) - index * 3_600_000 + place * 1000).toISOString().replace('Z', '000Z');
    const node = {
      id,
      title: `第${index}号道路改造工程施工招标公告`,
      publishedAt: printInstant(instant),
      receivedAt: printInstant(instant),
      stage: { code: '01', label: '招标公告' },
      category: { code: 'construction', label: '工程建设' },
      region: { code: '990100', name: '某某市' },
      system: { code: system, name: system },
    };
    return { cursor: encodeSystemCursor([instant, id]), late: false, node };
  });
  const from = all.findIndex(({ cursor }) => cursor === after) + 1;
  const edges = all.slice(from, from + first);
  return { edges, nodes: edges.map(({ node }) => node), totalCount: rows };
}
