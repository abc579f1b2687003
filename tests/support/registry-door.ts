/**
 * Stands in front of a registry: writes down what gateways tell it, and takes their word without an answer, or nothing at all, on
 * command.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import { listenOn } from '@hub/kit/process';
import { Agent } from 'undici';

/** How it behaves. */
export type DoorState =
  | 'open'
  /** What comes is passed on; the answer does not come back. */
  | 'one-way'
  /** What gateways tell is answered with a refusal. */
  | 'refusing'
  /** Nothing is passed on. */
  | 'shut';

/** A registry behind a door. */
export interface RegistryDoor extends AsyncDisposable {
  readonly origin: string;
  /** Bodies that came to `/control`, in order, with the headers that came with them. */
  readonly told: readonly string[];
  state: DoorState;
}

/** @param origin - Of the registry. */
export async function startRegistryDoor(origin: string): Promise<RegistryDoor> {
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const told: string[] = [];
  const door: Pick<RegistryDoor, 'state'> = { state: 'open' };
  const server = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      const { url: path = '/', method = 'GET', headers } = request;
      const body = await text(request);
      if (path === '/control') told.push(`${JSON.stringify(headers)}\n${body}`);
      if (door.state === 'shut') throw new Error('shut');
      if (door.state === 'refusing' && path === '/control') {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"errors":[{"message":"no"}]}');
        return;
      }
      const sent = { ...headers, host: undefined, connection: undefined };
      const kept = Object.entries(sent).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
      const answer = await agent.request({
        origin,
        path,
        method: method === 'POST' ? 'POST' : 'GET',
        headers: Object.fromEntries(kept),
        body,
      });
      const answered = await answer.body.text();
      if (door.state !== 'open' && path === '/control') throw new Error('one-way');
      response.writeHead(answer.statusCode, { 'content-type': String(answer.headers['content-type']) }).end(answered);
    };
    pass().catch(() => response.destroy());
  });
  const port = await listenOn(server, 0);
  return Object.assign(door, {
    origin: `http://127.0.0.1:${port}`,
    told,
    async [Symbol.asyncDispose]() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await promise;
      await agent.destroy();
    },
  });
}
