/**
 * The port of a gateway, its own or one that a supervisor holds, and how it is left: at once, or handed over without a failed
 * request when other processes go on answering.
 * @see README «All cores»; RFC 9112 9.6
 */
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { Server, type Socket } from 'node:net';

import { listenOn } from '@hub/kit/process';

/** How long a connection may be idle; clients are told. */
const keepAliveTimeout = 10_000;
const requestTimeout = 30_000;
/** Of one connection to a port that several share: they spread anew over processes that came later. */
const maxRequests = 1000;

/** A port that another process holds. */
export interface HeldPort {
  readonly port: number;
  /** Called once: gives every connection from now on. */
  readonly onConnection: (take: (connection: Socket) => void) => void;
}

/** A port that answers; disposing of it ends idle connections and waits for what is under way. */
export interface Port extends AsyncDisposable {
  readonly port: number;
  /** Takes no new connections and answers each it has once more at most. Resolves when the last is gone. */
  drain(): Promise<void>;
}

/** @throws HubError PORT_IN_USE. */
export async function openPort(from: number | HeldPort, answer: RequestListener): Promise<Port> {
  let [closing, draining] = [false, false];
  const underWay = new Set<ServerResponse>();
  const mostRequests = typeof from === 'number' ? Infinity : maxRequests;
  /** With the requests that came on each. */
  const connections = new Map<Socket, number>();
  const { promise: empty, resolve: becomeEmpty } = Promise.withResolvers<void>();
  const left = (): void => {
    if ((closing || draining) && connections.size === 0) becomeEmpty();
  };
  const server = createServer({ keepAliveTimeout, requestTimeout }, (request, response) => {
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      if (closing) server.closeIdleConnections();
    });
    const requests = (connections.get(request.socket) ?? 0) + 1;
    connections.set(request.socket, requests);
    if (draining || requests >= mostRequests) response.setHeader('connection', 'close');
    answer(request, response);
  });
  server.on('connection', (connection) => {
    connections.set(connection, 0);
    connection.once('close', () => {
      connections.delete(connection);
      left();
    });
  });
  return {
    port: typeof from === 'number' ? await listenOn(server, from) : takeFrom(from, server),
    async drain() {
      draining = true;
      for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close');
      // Not the HTTP server's own `close`: it ends idle connections, on which the next request may be under way. A connection
      // ends with its next answer, or after the idle time that its client was told.
      if (server.listening) Server.prototype.close.call(server);
      left();
      await empty;
    },
    async [Symbol.asyncDispose]() {
      closing = true;
      server.close();
      server.closeIdleConnections();
      left();
      await empty;
    },
  };
}

/** @see https://nodejs.org/api/http.html#event-connection */
function takeFrom({ port, onConnection }: HeldPort, server: Server): number {
  // From here on the server knows its connections: time limits of requests, and which of them are idle.
  server.emit('listening');
  onConnection((connection) => {
    // As those that it takes itself.
    connection.allowHalfOpen = true;
    server.emit('connection', connection);
    connection.resume();
  });
  return port;
}
