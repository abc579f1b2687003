/**
 * The process of the registry and of all trading systems. Its parent gives one order and hears reports; when the parent says
 * so, or is gone however it went, it drains and ends, and takes along the database that the parent ran.
 */
import { createLog, createShutdown, endStalePostgres, readConfig } from '@hub/kit/process';

import { failureWords } from './failure-line.ts';
import { stopWord, systemsOrder, type SystemsReport } from './start/messages.ts';
import { runSystems } from './start/run-systems.ts';

// The rest comes in the order: a variable that a flag of the parent stands above is not judged here.
const log = createLog('systems', readConfig({ HUB_LOG_LEVEL: process.env['HUB_LOG_LEVEL'] }).logLevel);
const shutdown = createShutdown({ onFault: (name, cause) => log.error({ err: cause }, `${name} did not close`) });
let databaseFolder: string | null = null;

process.on('message', (message) => void (message === stopWord ? end() : obey(message)));
process.on('disconnect', () => void orphaned());

async function obey(message: unknown): Promise<void> {
  try {
    const order = systemsOrder.parse(message);
    databaseFolder = order.databaseFolder;
    await runSystems(order, { shutdown, log, report });
  } catch (cause) {
    log.debug({ err: cause }, 'systems did not start');
    // What was being opened when the end came fails for that reason: that is no fault.
    if (!shutdown.signal.aborted) report({ kind: 'failed', ...failureWords(cause) });
    await end();
  }
}

async function end(): Promise<void> {
  await shutdown.close();
  // The channel to the parent is the last thing that keeps this process alive.
  if (process.connected) process.disconnect();
}

async function orphaned(): Promise<void> {
  if (shutdown.signal.aborted) return;
  await shutdown.close();
  if (databaseFolder !== null) await endStalePostgres(databaseFolder);
}

function report(message: SystemsReport): void {
  // A parent that goes at this very moment is told nothing; `disconnect` follows.
  if (process.connected) process.send?.(message, () => {});
}
