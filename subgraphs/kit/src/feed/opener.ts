/**
 * Looks whether seals have ended, and lets the changes go that waited for it. In as many processes as one likes: each system's
 * changes go in its own turn and in one transaction, so that a process that is killed leaves all of it or nothing.
 * @see open-sealed.ts
 */
import { setTimeout as after } from 'node:timers/promises';

import { sql } from 'kysely';

import { boardLock } from '../store/advisory-locks.ts';
import type { Store } from '../store/store.ts';

import { openSealed, systemsToOpen } from './open-sealed.ts';

/** How an opener runs. */
export interface OpenerOptions {
  readonly store: Store;
  /** Told of what went wrong, of an outage once; the opener goes on. */
  readonly onFault: (cause: unknown) => void;
}

/** Between two looks; what waited days for its opening may wait this long. */
const idleMs = 500;
/** A look that takes long is not to take more than this part of the time. */
const restFactor = 4;

/** Starts an opener; disposing ends it after the look that runs. */
export function startOpener({ store, onFault }: OpenerOptions): AsyncDisposable {
  const stop = new AbortController();
  let faulty = false;
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const began = performance.now();
      try {
        await openAll(store);
        faulty = false;
      } catch (cause) {
        if (!faulty && !stop.signal.aborted) onFault(cause);
        faulty = true;
      }
      await pause(Math.max(idleMs, restFactor * (performance.now() - began)), stop.signal);
    }
  };
  // Without a board nothing is ever sealed.
  const running = store.byType.has('Deal') ? run() : Promise.resolve();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

/** Lets all changes of a store go whose seal has ended. */
export async function openAll({ db }: Store): Promise<void> {
  const waiting = await sql`select from sealed_change limit 1`.execute(db);
  if (waiting.rows.length === 0) return;
  for (const system of await systemsToOpen(db)) {
    await db
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (transaction) => {
        await sql`select ${boardLock(system)}`.execute(transaction);
        await openSealed(transaction, { system });
      });
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await after(ms, undefined, { signal }).catch((cause: unknown) => {
    if (!signal.aborted) throw cause;
  });
}
