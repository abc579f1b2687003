/**
 * One of several gateway processes on a port, seen from its supervisor: opened, given connections, drained, stopped.
 * @see README «All cores»; https://nodejs.org/api/child_process.html#example-sending-a-socket-object
 */
import cluster from 'node:cluster';
import type { Socket } from 'node:net';

import { HubError } from '@hub/schema';

import { connectionWord, drainWord, stopWord, type WorkerOrder, workerReport } from './messages.ts';

/** A process that does not open by then hangs. */
const openDeadlineMs = 60_000;
/** Beyond what a worker takes to end by itself. */
const stopDeadlineMs = 20_000;
const drainDeadlineMs = 60_000;

/** A worker, from its fork to its end. */
export interface Worker {
  /** Its number in the log; never given twice. */
  readonly number: number;
  /** Resolves as soon as it can answer. Rejects with a HubError when it does not come to that. */
  readonly ready: Promise<void>;
  /** How it ended, in a word. */
  readonly ended: Promise<string>;
  /** Gives it a connection. @returns Whether it took it; if not, it ended, and has read nothing of it. */
  give(connection: Socket): Promise<boolean>;
  /** Lets it answer what it has, and resolves when it has ended. */
  drain(): Promise<void>;
  /** Ends it, and resolves when it has ended. */
  stop(): Promise<void>;
}

/** Starts this very command line once more, as a worker; what it is to do it learns where it finds `isWorker()`. */
export function forkWorker(order: WorkerOrder): Worker {
  const worker = cluster.fork();
  const ended = Promise.withResolvers<string>();
  const ready = Promise.withResolvers<void>();
  // Not `exit`, before which not all that it told has been heard, nor `disconnect`, which does not come after a connection on its way.
  const gone = new Promise<void>((resolve) => worker.process.once('close', () => resolve()));
  let took = (): void => {};
  worker.once('exit', (code, signal) => ended.resolve(signal ?? `exit code ${code}`));
  // One that was never started has no exit; one that ends is not to be written to.
  worker.on('error', (cause) => void (worker.process.pid === undefined && ended.resolve(cause.message)));
  worker.on('message', (message) => {
    const told = workerReport.parse(message);
    if (told.kind === 'listens') say(worker, { kind: 'open', ...order });
    else if (told.kind === 'ready') ready.resolve();
    else if (told.kind === 'took') took();
    else ready.reject(new HubError(told.code, { zh: told.zh, en: told.en }));
  });
  void ended.promise.then((how) => ready.reject(endedEarly(how)));
  ready.promise.catch(() => {});
  killLate(worker, ready.promise, openDeadlineMs);
  const end = async (word: string, deadlineMs: number): Promise<void> => {
    say(worker, word);
    killLate(worker, ended.promise, deadlineMs);
    await ended.promise;
  };
  return {
    number: worker.id,
    ready: ready.promise,
    ended: ended.promise,
    give(connection) {
      const taken = new Promise<boolean>((resolve) => (took = () => resolve(true)));
      // It stays open here until it is taken, so that it is not lost with a worker that dies.
      if (worker.isConnected()) worker.process.send(connectionWord, connection, { keepOpen: true }, () => {});
      return Promise.race([taken, gone.then(() => false)]);
    },
    drain: () => end(drainWord, drainDeadlineMs),
    stop: () => end(stopWord, stopDeadlineMs),
  };
}

type Forked = ReturnType<typeof cluster.fork>;

/** It may be ending by itself at this very moment; then there is nobody to tell. */
function say(worker: Forked, message: object | string): void {
  if (worker.isConnected()) worker.send(message, () => {});
}

function killLate(worker: Forked, done: Promise<unknown>, deadlineMs: number): void {
  const late = setTimeout(() => worker.process.kill('SIGKILL'), deadlineMs);
  const settled = (): void => clearTimeout(late);
  done.then(settled, settled);
}

function endedEarly(how: string): HubError {
  return new HubError('INTERNAL', { zh: `网关进程未就绪即结束（${how}）。`, en: `A gateway process ended before it was ready (${how}).` });
}
