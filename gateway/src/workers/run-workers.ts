/**
 * A gateway of several processes as a program: it runs until a signal ends it, and SIGHUP replaces its processes one by one.
 * @see README «All cores»
 */
import { createShutdown } from '@hub/kit/process';

import { watchTerminal } from './hung-up.ts';
import { type SuperviseOptions, superviseWorkers } from './supervise.ts';

/** How it runs. */
export interface RunOptions extends SuperviseOptions {
  /** Told where they answer, as soon as all do. */
  readonly onReady: (url: string) => void;
}

/** Longer than workers are given to end. */
const workersDeadlineMs = 25_000;

/** @throws HubError whatever keeps the first worker from opening: CONFIG_INVALID, PORT_IN_USE, INTERNAL. */
export async function runWorkers({ onReady, ...options }: RunOptions): Promise<void> {
  const { log } = options;
  const isHungUp = watchTerminal();
  let restart = (): void => {};
  await using shutdown = createShutdown({
    onFault: (name, cause) => log.error({ err: cause }, name),
    instead: { SIGHUP: () => (isHungUp() ? void shutdown.close() : restart()) },
  });
  const workers = await superviseWorkers(options);
  shutdown.defer('gateway processes', () => workers[Symbol.asyncDispose](), workersDeadlineMs);
  restart = () => void workers.restart();
  onReady(workers.url);
  await shutdown.closed;
}
