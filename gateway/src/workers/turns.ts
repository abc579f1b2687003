/**
 * Connections to workers, in turn: each goes to the next that has taken what it was given before. One that a worker did not take
 * because it died goes to another, and none is lost while there is no worker.
 * @see README «All cores»
 */
import { createServer, type Socket } from 'node:net';

import { listenOn } from '@hub/kit/process';

import type { Worker } from './worker.ts';

/** The one port of all workers. */
export interface Turns extends AsyncDisposable {
  readonly port: number;
  /** Gives it connections from now on. */
  add(worker: Pick<Worker, 'give'>): void;
  /** Gives it no more. */
  remove(worker: Pick<Worker, 'give'>): void;
}

/** Connections that wait for a worker; more are refused. */
const maxWaiting = 1000;

/** @throws HubError PORT_IN_USE. */
export async function openTurns(wanted: number): Promise<Turns> {
  const waiting: Socket[] = [];
  const serving = new Set<Pick<Worker, 'give'>>();
  /** The serving ones that have taken what they were given, the longest first. */
  const free = new Set<Pick<Worker, 'give'>>();
  const next = (): void => {
    for (const worker of free) {
      const connection = waiting.shift();
      if (connection === undefined) return;
      free.delete(worker);
      void give(connection, worker);
    }
  };
  const give = async (connection: Socket, worker: Pick<Worker, 'give'>): Promise<void> => {
    if (await worker.give(connection)) {
      // Here alone: the worker has it.
      connection.destroy();
      if (serving.has(worker)) free.add(worker);
    } else {
      serving.delete(worker);
      waiting.unshift(connection);
    }
    next();
  };
  const server = createServer({ pauseOnConnect: true, noDelay: true }, (connection) => {
    connection.on('error', () => {});
    if (waiting.length >= maxWaiting) return void connection.destroy();
    waiting.push(connection);
    next();
  });
  return {
    port: await listenOn(server, wanted),
    add(worker) {
      serving.add(worker);
      free.add(worker);
      next();
    },
    remove(worker) {
      serving.delete(worker);
      free.delete(worker);
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const connection of waiting.splice(0)) connection.destroy();
    },
  };
}
