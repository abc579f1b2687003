/**
 * The hub's engine behind Node's HTTP server: without Apollo Server, admission and the rest of the gateway.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { json } from 'node:stream/consumers';

import { openDirect } from '@hub/gateway/testing';
import { listenOn } from '@hub/kit/process';
import { z } from 'zod';

import { gatewayOrder } from './order.ts';

const question = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).optional() });

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const { supergraph } = gatewayOrder.parse(message);
  const engine = await openDirect(await readFile(supergraph, 'utf8'));
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    response.once('close', () => void (response.writableFinished || gone.abort()));
    const body = await engine.answer(question.parse(await json(request)), gone.signal);
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  };
  const server = createServer((request, response) => {
    respond(request, response).catch((cause: unknown) => response.writeHead(500).end(String(cause)));
  });
  const port = await listenOn(server, 0);
  process.once('disconnect', () => {
    server.close();
    server.closeAllConnections();
    void engine[Symbol.asyncDispose]();
  });
  process.send?.({ url: `http://127.0.0.1:${port}/graphql` });
}
