/**
 * Waits until a feed goes on. All that wait on one store share one look at its last change, so that a follower that waits
 * costs no query of its own.
 * @see schema/PROTOCOL.md «The feed of a system»
 */
import { setTimeout as after } from 'node:timers/promises';

import { sql } from 'kysely';

import type { SystemStore } from '../graph/context.ts';
import type { Store } from '../store/store.ts';

import { readHead } from './feed-head.ts';

/** How long to wait, and for what. */
export interface Wait {
  /** The last position known. */
  readonly after: number;
  readonly waitMs: number;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
}

const lookMs = 25;
const looks = new WeakMap<Store, Promise<string>>();

/** @returns Whether the system's feed has gone on; false when the time is over or nobody waits. */
export async function waitForChange({ store, system }: SystemStore, wait: Wait): Promise<boolean> {
  const over = AbortSignal.any([wait.signal, AbortSignal.timeout(wait.waitMs)]);
  let seen: string | undefined;
  while (!over.aborted) {
    const last = await nextLook(store);
    if (last === seen) continue;
    seen = last;
    const head = await readHead(store.reading, system.code);
    if (head !== undefined && head.position > wait.after) return true;
  }
  return false;
}

/** The store's last change, a moment from now. */
function nextLook(store: Store): Promise<string> {
  const running = looks.get(store);
  if (running !== undefined) return running;
  const look = after(lookMs)
    .then(() => lastChange(store))
    .finally(() => looks.delete(store));
  looks.set(store, look);
  return look;
}

async function lastChange({ reading }: Store): Promise<string> {
  const found = await sql<{ outbox: string }>`select outbox from feed order by era desc, xid desc, outbox desc limit 1`.execute(reading);
  return found.rows[0]?.outbox ?? '';
}
