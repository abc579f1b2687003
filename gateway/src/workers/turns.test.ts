import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { describe, expect, test } from 'vitest';

import { openTurns } from './turns.ts';

/** Takes connections, or not, when it is told. */
function worker(name: string, given: (to: string, answer: (took: boolean) => void) => void) {
  return { give: (_connection: Socket) => new Promise<boolean>((resolve) => given(name, resolve)) };
}

describe('Connections to workers', () => {
  test('go to each in turn, and to none before it took the last', async () => {
    await using turns = await openTurns(0);
    const given: string[] = [];
    const holds = new Map<string, (took: boolean) => void>();
    let onGiven = (): void => {};
    const next = (): Promise<void> => new Promise((resolve) => (onGiven = resolve));
    const note = (to: string, answer: (took: boolean) => void): void => {
      given.push(to);
      holds.set(to, answer);
      onGiven();
    };
    const [a, b] = [worker('a', note), worker('b', note)];
    turns.add(a);
    turns.add(b);
    const one = next();
    connect(turns.port, '127.0.0.1');
    await one;
    const two = next();
    connect(turns.port, '127.0.0.1');
    await two;
    // Both have one that they did not take yet: the third waits.
    await once(connect(turns.port, '127.0.0.1'), 'connect');
    const three = next();
    holds.get('b')?.(true);
    await three;
    expect(given).toEqual(['a', 'b', 'b']);
    // A worker that died did not take it: another does.
    const four = next();
    holds.get('a')?.(false);
    holds.get('b')?.(true);
    await four;
    expect(given).toEqual(['a', 'b', 'b', 'b']);
    turns.remove(b);
    holds.get('b')?.(true);
    await once(connect(turns.port, '127.0.0.1'), 'connect');
    const five = next();
    turns.add(worker('c', note));
    await five;
    expect(given).toEqual(['a', 'b', 'b', 'b', 'c']);
  });

  test('that wait when all ends are ended', async () => {
    const turns = await openTurns(0);
    const socket = connect(turns.port, '127.0.0.1');
    await once(socket, 'connect');
    const ended = once(socket, 'close');
    const given = Promise.withResolvers<void>();
    turns.add(worker('a', (_to, answer) => (answer(false), given.resolve())));
    await given.promise;
    await turns[Symbol.asyncDispose]();
    await ended;
    expect(socket.destroyed).toBe(true);
  });
});
