/**
 * Systems that answer from memory and may pose as one another: each holds one notice, and says whose it is.
 */
import { type Server, createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import { buildSubgraphSchema } from '@apollo/subgraph';
import type { SystemRow } from '@hub/gateway';
import { listenOn } from '@hub/kit/process';
import { encodeRecordId, encodeSystemCursor, law, printInstant, serveContracts } from '@hub/schema';
import { graphql } from 'graphql';
import { z } from 'zod';

/** Systems that run. */
export interface PosingSystems extends AsyncDisposable {
  readonly routes: readonly SystemRow[];
  /** @param as - In whose name each answers; who is not in it, in its own. */
  pose(as: ReadonlyMap<string, string>): void;
}

const question = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).optional() });
const instant = '2026-11-01T00:00:00.000000Z';

/** @returns A system for each code, until disposed of. */
export async function startPosingSystems(codes: readonly string[]): Promise<PosingSystems> {
  const board = law().contracts.filter(({ contract }) => contract.name === 'board');
  const typeDefs = serveContracts(board.map(({ served }) => served));
  const schema = buildSubgraphSchema([
    { typeDefs, resolvers: { Query: { notices: (_: unknown, _asked: unknown, system: string) => page(system) } } },
  ]);
  const answers = new Map<string, Promise<string>>();
  const answer = async (body: string, system: string): Promise<string> => {
    const { query, variables } = question.parse(JSON.parse(body));
    return JSON.stringify(await graphql({ schema, source: query, variableValues: variables, contextValue: system }));
  };
  let poses: ReadonlyMap<string, string> = new Map();
  const servers: Server[] = [];
  const routes: SystemRow[] = [];
  for (const code of codes) {
    const server = createServer((request, response) => {
      void text(request).then(async (body) => {
        const system = poses.get(code) ?? code;
        const told = answers.get(system + body) ?? answer(body, system);
        answers.set(system + body, told);
        response.setHeader('content-type', 'application/json').end(await told);
      });
    });
    servers.push(server);
    const url = `http://127.0.0.1:${await listenOn(server, 0)}/graphql`;
    routes.push({ code, name: code, url, state: 'published', contracts: ['board'] });
  }
  return {
    routes,
    pose: (as) => void (poses = as),
    async [Symbol.asyncDispose]() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function page(system: string): object {
  const id = encodeRecordId({ system, type: 'Notice', key: 'only' });
  const node = { id, title: `${system}的公告`, publishedAt: printInstant(instant), system: { code: system, name: system } };
  const edge = { cursor: encodeSystemCursor([instant, id]), late: false, node };
  return { edges: [edge], nodes: [node], totalCount: 1, pageInfo: { hasNextPage: false, endCursor: edge.cursor } };
}
