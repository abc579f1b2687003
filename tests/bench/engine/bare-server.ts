/**
 * The side of HTTP/1.1 that answers, with no more than measurements need.
 */
import { createServer, type Socket } from 'node:net';

import { listenOn } from '@hub/kit/process';

import { messageReader } from './bare-http.ts';

/** What answers a request. */
export type Answering = (head: string, body: Buffer) => string | Promise<string>;

/** Servers that listen until they are all closed. */
export class BareServers implements Disposable {
  readonly #stops = new DisposableStack();

  /** @returns The origin of a server that answers so. */
  async listen(answer: Answering): Promise<string> {
    const sockets = new Set<Socket>();
    const server = createServer({ noDelay: true }, (socket) => {
      sockets.add(socket);
      socket.once('close', () => void sockets.delete(socket));
      talk(socket, answer);
    });
    this.#stops.defer(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    return `http://127.0.0.1:${await listenOn(server, 0)}`;
  }

  [Symbol.dispose](): void {
    this.#stops.dispose();
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
