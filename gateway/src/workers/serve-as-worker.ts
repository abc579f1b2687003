/**
 * This process as one of several gateways on a port: it opens as its supervisor says, hands over or ends when told, and does not
 * outlive its supervisor.
 * @see README «All cores»
 */
import cluster from 'node:cluster';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { createShutdown, type Log } from '@hub/kit/process';

import type { HeldPort } from '../open-port.ts';
import type { Gateway } from '../server.ts';
import { connectionWord, drainWord, failureReport, orderMessage, stopWord, type WorkerOrder, type WorkerReport } from './messages.ts';

/** Longer than a client keeps a connection idle and an operation after that takes. */
const drainDeadlineMs = 25_000;

/** How this process serves. */
export interface WorkerOptions {
  readonly log: Log;
  /** Gets what it opens the gateway with, and what the supervisor's `behind` was. */
  readonly open: (given: Given, behind: unknown) => Promise<Gateway>;
}

/** What is the supervisor's in a worker's gateway. */
export interface Given {
  readonly port: HeldPort;
  readonly cursorKey: string;
  /** With the worker's number in every line. */
  readonly log: Log;
}

/** Whether a supervisor started this process. */
export function isWorker(): boolean {
  return cluster.isWorker;
}

/** Runs until the supervisor says so, or is gone however it went. Signals of a terminal are the supervisor's. */
export async function serveAsWorker({ log: plainLog, open }: WorkerOptions): Promise<void> {
  const log = plainLog.child({ worker: cluster.worker?.id });
  const onFault = (name: string, cause: unknown): void => log.error({ err: cause }, `${name} did not close`);
  const shutdown = createShutdown({ onFault, instead: { SIGINT: nothing, SIGHUP: nothing } });
  cluster.worker?.once('disconnect', () => {
    // Without this the process would end at once, with requests under way.
    if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
    void shutdown.close();
  });
  let gateway: Gateway | undefined;
  let take = (connection: Socket): void => void connection.destroy();
  const opening = async ({ port, cursorKey, behind }: WorkerOrder): Promise<void> => {
    try {
      const held: HeldPort = { port, onConnection: (taken) => (take = taken) };
      const opened = await open({ port: held, cursorKey, log }, behind);
      gateway = opened;
      shutdown.defer('gateway', () => opened[Symbol.asyncDispose]());
      tell({ kind: 'ready' });
    } catch (cause) {
      log.debug({ err: cause }, 'gateway did not open');
      tell(failureReport(cause));
      await shutdown.close();
    }
  };
  const drain = async (): Promise<void> => {
    await Promise.race([gateway?.drain(), delay(drainDeadlineMs, undefined, { signal: shutdown.signal }).catch(nothing)]);
    await shutdown.close();
  };
  const obey = async (message: unknown): Promise<void> => {
    if (message === stopWord) await shutdown.close();
    else if (message === drainWord) await drain();
    else await opening(orderMessage.parse(message));
  };
  process.on('message', (message, connection) => {
    if (message !== connectionWord) return void obey(message);
    tell({ kind: 'took' });
    // Its client may have left on the way.
    if (connection instanceof Socket) take(connection);
  });
  tell({ kind: 'listens' });
  await shutdown.closed;
  // The channel to the supervisor is the last thing that keeps this process alive.
  if (process.connected) process.disconnect();
}

/** A supervisor that goes at this very moment is told nothing; `disconnect` follows. */
function tell(report: WorkerReport): void {
  if (process.connected) process.send?.(report, nothing);
}

function nothing(): void {}
