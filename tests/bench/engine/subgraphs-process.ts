/**
 * The four subgraphs and the systems of the scattered page in one process, and beside them an upstream that says the same bytes whatever it is asked, for the floors.
 */
import { z } from 'zod';

import { BareServers } from './bare-server.ts';
import { expectedAnswers } from './expected.ts';
import { type Asked, type FastSubgraph, openFastSubgraph } from './fast-subgraph.ts';
import type { SubgraphName } from './laws.ts';
import { questions } from './questions.ts';
import { openScatter } from './scatter.ts';
import { stockShops } from './shops.ts';

const question = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

const names = ['accounts', 'products', 'inventory', 'reviews'] as const satisfies readonly SubgraphName[];

let requests = 0;

process.once('message', () => void serve());

async function serve(): Promise<void> {
  const stock = stockShops();
  const servers = new BareServers();
  const subgraphs = new Map(names.map((name) => [name, openFastSubgraph(name, stock)]));
  const endpoints = await Promise.all(
    Array.from(subgraphs, async ([name, subgraph]) => ({
      name,
      url: `${await servers.listen((_, body) => said(subgraph, body))}/graphql`,
    })),
  );
  const expected = expectedAnswers(stock);
  const [variables = {}] = questions.nested.variants;
  const [large, small] = [expected(questions.nested.query, variables), expected(questions.small.query, variables)];
  const systems = await Promise.all(
    openScatter().map(async ({ code, answer }) => ({ code, url: `${await servers.listen((_, body) => counted(answer(body)))}/graphql` })),
  );
  const floor = await servers.listen((head) => (head.startsWith('POST /large') ? large : small));
  process.on('message', () => {
    const leftToReference = subgraphs.values().reduce((sum, subgraph) => sum + subgraph.leftToReference, 0);
    process.send?.({ requests, leftToReference });
  });
  process.once('disconnect', () => servers[Symbol.dispose]());
  process.send?.({ endpoints, systems, floor });
}

function said(subgraph: FastSubgraph, body: Buffer): string | Promise<string> {
  return counted(subgraph.answer(askedIn(body)));
}

function counted<T>(answer: T): T {
  requests++;
  return answer;
}

function askedIn(body: Buffer): Asked {
  const read = question.safeParse(parsed(body));
  if (!read.success) return { query: '', variables: {}, operationName: undefined };
  const { query, variables, operationName } = read.data;
  return { query, variables: variables ?? {}, operationName: operationName ?? undefined };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
