import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';

import { describe, expect, test } from 'vitest';

import { listenOn } from '@hub/kit/process';

import { type HeldPort, openPort } from './open-port.ts';

const question = 'GET / HTTP/1.1\r\nhost: hub\r\n\r\n';

/** Everything up to the end of an answer's body, `ok`. */
async function answerOn(socket: Socket): Promise<string> {
  let heard = '';
  while (!heard.endsWith('ok')) heard += String((await once(socket, 'data'))[0]);
  return heard;
}

const endsAfter = (answer: string): boolean => /^connection: close\r$/im.test(answer);
const ok = (response: ServerResponse): void => void response.setHeader('content-length', 2).end('ok');

describe('A port that is drained', () => {
  test('answers once more on a connection that was idle, and takes no other', async () => {
    await using port = await openPort(0, (_request, response) => ok(response));
    const socket = connect(port.port, '127.0.0.1');
    socket.write(question);
    expect(endsAfter(await answerOn(socket))).toBe(false);
    const drained = port.drain();
    await expect(once(connect(port.port, '127.0.0.1'), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    socket.write(question);
    expect(endsAfter(await answerOn(socket))).toBe(true);
    await once(socket, 'end');
    await drained;
  });

  test('says so in the answer that was under way', async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    await using port = await openPort(0, (_request, response) => asked.resolve(response));
    const socket = connect(port.port, '127.0.0.1');
    socket.write(question);
    const response = await asked.promise;
    const drained = port.drain();
    ok(response);
    expect(endsAfter(await answerOn(socket))).toBe(true);
    await drained;
  });

  test('is left when nothing is connected', async () => {
    await using port = await openPort(0, (_request, response) => ok(response));
    await expect(port.drain()).resolves.toBeUndefined();
  });
});

describe('A port that another process holds', () => {
  const held = async (opened: AsyncDisposableStack): Promise<HeldPort> => {
    let take = (_connection: Socket): void => {};
    const server = createServer({ pauseOnConnect: true }, (connection) => take(connection));
    opened.defer(() => void server.close());
    return { port: await listenOn(server, 0), onConnection: (taken) => (take = taken) };
  };

  test('is answered on, and an idle connection ends with it', async () => {
    await using opened = new AsyncDisposableStack();
    const port = await openPort(await held(opened), (_request, response) => ok(response));
    const socket = connect(port.port, '127.0.0.1');
    socket.write(question);
    expect(endsAfter(await answerOn(socket))).toBe(false);
    await port[Symbol.asyncDispose]();
    await once(socket, 'end');
  });

  test('ends a connection with its thousandth answer, so that all spread anew', async () => {
    await using opened = new AsyncDisposableStack();
    await using port = await openPort(await held(opened), (_request, response) => ok(response));
    const socket = connect(port.port, '127.0.0.1');
    const ends: number[] = [];
    for (let asked = 1; asked <= 1000; asked++) {
      socket.write(question);
      if (endsAfter(await answerOn(socket))) ends.push(asked);
    }
    expect(ends).toEqual([1000]);
  });
});
