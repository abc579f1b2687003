/**
 * Ends a PostgreSQL that outlived the hub that started it (after a kill -9), so that the next one can open the same folder.
 * @see design/toolchain.md «Postgres»
 */
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { HubError } from '@hub/schema';

const pollMs = 20;
// SIGINT ends sessions and shuts down cleanly; SIGQUIT leaves recovery to the next start, and after 5 s the server kills its own
// children; SIGKILL is the last word.
const ladder = [
  { signal: 'SIGINT', waitMs: 15_000 },
  { signal: 'SIGQUIT', waitMs: 7000 },
  { signal: 'SIGKILL', waitMs: 3000 },
] as const;

/**
 * Ends the server that `postmaster.pid` in the folder names, when it is still this folder's, and takes that file away.
 * @throws HubError DATABASE_UNREACHABLE when it survives even SIGKILL.
 */
export async function endStalePostgres(folder: string): Promise<void> {
  const pidFile = join(folder, 'postmaster.pid');
  const pid = await readPid(pidFile);
  if (pid === undefined) return;
  // The number may have been given to another program since.
  if (await servesFolder(pid, folder)) await endPostgres(pid);
  await rm(pidFile, { force: true });
}

/**
 * Ends a server, by force when it does not end on its own: with a full disk it may not manage to; 25 s at the most.
 * @param patience - Of the usual waits; tests have less.
 * @throws HubError DATABASE_UNREACHABLE when it survives even SIGKILL.
 */
export async function endPostgres(pid: number, patience = 1): Promise<void> {
  for (const { signal, waitMs } of ladder) {
    if (!send(pid, signal)) return;
    for (let waitedMs = 0; waitedMs < waitMs * patience; waitedMs += pollMs) {
      if (!send(pid, 0)) return;
      await delay(pollMs);
    }
  }
  throw new HubError('DATABASE_UNREACHABLE', {
    zh: `上次遗留的数据库进程 ${pid} 无法结束，请手工结束后重试。`,
    en: `The database process ${pid} left from an earlier run cannot be ended; end it by hand and try again.`,
  });
}

async function readPid(file: string): Promise<number | undefined> {
  try {
    const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    // No such file: nothing was left behind.
    return undefined;
  }
}

async function servesFolder(pid: number, folder: string): Promise<boolean> {
  try {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    return words.some((word) => word.endsWith('postgres')) && words.includes(resolve(folder));
  } catch {
    return false;
  }
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
