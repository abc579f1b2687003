/**
 * Runs the registry and all trading systems in a process of their own, away from the gateway's event loop.
 * That process ends by itself when this one is gone, however it went.
 */
import { fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { HubError } from '@hub/schema';

import { stopWord, systemsReport } from './messages.ts';
import type { SystemsOrder, SystemsProgress, SystemsReady } from './messages.ts';

const drainMs = 20_000;

/** The process of the systems. */
export interface SystemsHost {
  /** Rejects with what the process reported when it could not start. */
  readonly ready: Promise<SystemsReady>;
  /** Resolves when the process has ended, asked or not. */
  readonly ended: Promise<void>;
  /** Lets requests finish, then ends it. */
  close(): Promise<void>;
}

/** How to run it. */
export interface SystemsHostOptions {
  readonly onProgress: (progress: SystemsProgress) => void;
  /** The program; tests give their own. */
  readonly program?: string;
}

/** Starts the process; `ready` tells when everything listens. */
export function startSystemsHost(order: SystemsOrder, options: SystemsHostOptions): SystemsHost {
  const program = options.program ?? fileURLToPath(new URL('../systems-process.ts', import.meta.url));
  // A group of its own: a Ctrl-C in the terminal is for this process, which closes the gateway before the systems.
  const child = fork(program, { detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  child.once('exit', () => end());
  const ready = Promise.withResolvers<SystemsReady>();
  child.on('message', (message) => {
    const report = systemsReport.parse(message);
    if (report.kind === 'progress') options.onProgress(report);
    else if (report.kind === 'ready') ready.resolve(report);
    else ready.reject(new HubError(report.code, { zh: report.zh, en: report.en }));
  });
  child.on('error', (cause) => {
    ready.reject(cause);
    // Never started: there will be no exit.
    if (child.pid === undefined) end();
  });
  void ended.then(() => ready.reject(endedEarly()));
  // Whoever closes before it is ready does not wait for it.
  ready.promise.catch(() => {});
  child.send(order);
  return {
    ready: ready.promise,
    ended,
    async close() {
      // It may be ending by itself at this very moment; then there is nobody to tell.
      if (child.connected) child.send(stopWord, () => {});
      const drained = new AbortController();
      const late = delay(drainMs, undefined, { signal: drained.signal }).then(
        () => child.kill('SIGKILL'),
        () => false,
      );
      await ended;
      drained.abort();
      await late;
    },
  };
}

function endedEarly(): HubError {
  return new HubError('INTERNAL', { zh: '交易系统进程意外结束。', en: 'The process of the trading systems ended unexpectedly.' });
}
