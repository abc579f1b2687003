/**
 * The four subgraphs in one process, and beside them an upstream that says the same bytes whatever it is asked, for the floors.
 */
import { createServer, type Server, type Socket } from 'node:net';

import { listenOn } from '@hub/kit/process';
import { z } from 'zod';

import { messageReader } from './bare-http.ts';
import { expectedAnswers } from './expected.ts';
import { type Asked, type FastSubgraph, openFastSubgraph } from './fast-subgraph.ts';
import type { SubgraphName } from './laws.ts';
import { questions } from './questions.ts';
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
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const listening = async (answer: Answering): Promise<string> => {
    const server = createServer({ noDelay: true }, (socket) => {
      sockets.add(socket);
      socket.once('close', () => void sockets.delete(socket));
      talk(socket, answer);
    });
    servers.push(server);
    return `http://127.0.0.1:${await listenOn(server, 0)}`;
  };
  const subgraphs = new Map(names.map((name) => [name, openFastSubgraph(name, stock)]));
  const endpoints = await Promise.all(
    Array.from(subgraphs, async ([name, subgraph]) => ({ name, url: `${await listening((_, body) => said(subgraph, body))}/graphql` })),
  );
  const expected = expectedAnswers(stock);
  const [variables = {}] = questions.nested.variants;
  const [large, small] = [expected(questions.nested.query, variables), expected(questions.small.query, variables)];
  const floor = await listening((head) => (head.startsWith('POST /large') ? large : small));
  process.on('message', () => {
    const leftToReference = subgraphs.values().reduce((sum, subgraph) => sum + subgraph.leftToReference, 0);
    process.send?.({ requests, leftToReference });
  });
  process.once('disconnect', () => {
    for (const server of servers) server.close();
    for (const socket of sockets) socket.destroy();
  });
  process.send?.({ endpoints, floor });
}

type Answering = (head: string, body: Buffer) => string | Promise<string>;

function said(subgraph: FastSubgraph, body: Buffer): string | Promise<string> {
  requests++;
  return subgraph.answer(askedIn(body));
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

function talk(socket: Socket, answer: Answering): void {
  socket.on('error', () => socket.destroy());
  const write = (text: string): void => {
    const length = Buffer.byteLength(text);
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${length}\r\n\r\n${text}`);
  };
  // A client that asks before it has its answer gets them in the order of its questions.
  let before: Promise<unknown> | undefined;
  const take = messageReader({
    wants: () => true,
    onMessage({ head, body = Buffer.alloc(0) }) {
      const text = answer(head, body);
      if (typeof text === 'string' && before === undefined) return write(text);
      const turn = Promise.all([text, before]).then(([ready]) => write(ready));
      before = turn;
      void turn.finally(() => void (before = before === turn ? undefined : before));
    },
  });
  socket.on('data', take);
}
