/**
 * What a page over many systems cannot go below on Node: a request to each over undici, and a merge written by hand that checks
 * nothing.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import { listenOn } from '@hub/kit/process';
import { Pool } from 'undici';

import { at, listAt, textAt } from '../../../support/parse-json.ts';
import { pageSize } from '../questions.ts';
import { gatewayOrder } from './order.ts';

const headers = ['content-type', 'application/json'];
/** Rows asked of each: what the gateway's own first portion is for 26 systems. */
const first = 6;
const query = `query($filter: NoticeFilter, $first: Int!) { root: notices(filter: $filter, first: $first) { edges { cursor
  n0: node { id title publishedAt stage { label } category { label } region { name } system { code name } } } } }`;

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const { systems } = gatewayOrder.parse(message);
  const pools = systems.map(({ url }) => new Pool(new URL(url).origin, { connections: 64 }));
  const server = createServer((request, response) => {
    void text(request).then(async (asked) => {
      const word = textAt(JSON.parse(asked), 'variables', 'word');
      const body = JSON.stringify({ query, variables: { filter: { title: { text: word } }, first } });
      const answer = Buffer.from(merged(await Promise.all(pools.map((pool) => post(pool, body)))));
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': answer.length });
      response.end(answer);
    });
  });
  const port = await listenOn(server, 0);
  process.once('disconnect', () => {
    server.close();
    server.closeAllConnections();
    for (const pool of pools) void pool.close();
  });
  process.send?.({ url: `http://127.0.0.1:${port}/graphql` });
}

function post(pool: Pool, body: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const pieces: Buffer[] = [];
  pool.dispatch(
    { path: '/graphql', method: 'POST', headers, body },
    {
      onRequestStart() {},
      onResponseStart() {},
      onResponseData: (_controller, piece) => void pieces.push(piece),
      onResponseEnd: () => resolve(JSON.parse(Buffer.concat(pieces).toString())),
      onResponseError: (_controller, error) => reject(error),
    },
  );
  return promise;
}

function merged(answers: readonly unknown[]): string {
  const rows = answers.flatMap((answer) => listAt(answer, 'data', 'root', 'edges')).map((edge) => at(edge, 'n0'));
  const nodes = rows
    .map((node) => ({ node, published: textAt(node, 'publishedAt') }))
    .toSorted((one, other) => (one.published < other.published ? 1 : -1))
    .slice(0, pageSize)
    .map(({ node }) => node);
  return JSON.stringify({ data: { notices: { nodes, pageInfo: { hasNextPage: rows.length > pageSize }, coverage: { complete: true } } } });
}
