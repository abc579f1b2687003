/**
 * One port for systems that are hosted later than the start, each under its code: `/CODE/graphql`, `/CODE/feed`. Open from the
 * start, so that whoever asks systems knows its origin before there is any.
 * @see schema/PROTOCOL.md 16 «Hosted systems»
 */
import { createServer, type RequestListener } from 'node:http';

import { listenOn } from '@hub/kit/process';

/** It. */
export interface HostingDoor extends AsyncDisposable {
  readonly origin: string;
  /** @returns Where the system is served from now on. */
  open(code: string, listener: RequestListener): string;
  /** From now on nobody answers there. */
  shut(code: string): void;
}

/** Opens it on a free port. */
export async function openHostingDoor(): Promise<HostingDoor> {
  const behind = new Map<string, RequestListener>();
  const server = createServer((request, response) => {
    const [, code = '', path = ''] = /^\/([a-z][a-z0-9-]{0,62})(\/.*)$/.exec(request.url ?? '') ?? [];
    const listener = behind.get(code);
    if (listener === undefined) {
      request.resume();
      response.writeHead(404, { connection: 'close' }).end();
      return;
    }
    request.url = path;
    listener(request, response);
  });
  const origin = `http://127.0.0.1:${await listenOn(server, 0)}`;
  return {
    origin,
    open(code, listener) {
      behind.set(code, listener);
      return `${origin}/${code}/graphql`;
    },
    shut: (code) => void behind.delete(code),
    [Symbol.asyncDispose]() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      return promise;
    },
  };
}
