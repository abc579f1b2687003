/**
 * Routing as gateways wait for it: whoever has the table of now is answered when there is another. PostgreSQL tells of changes,
 * whichever process made them; a look every second behind it makes a lost word a matter of a second.
 * @see design/architecture.md «Past one machine»
 */
import { HubError } from '@hub/schema';
import postgres from 'postgres';

import type { KeyRing } from '../store/keys.ts';
import { channel, type RegistryStore } from '../store/open-store.ts';
import { readRouting, type RoutingSigner, type RoutingTable, signRouting } from './routing-table.ts';

/** Routing, followed. */
export interface Routing extends AsyncDisposable {
  /**
   * @param position - What the asker has; any other than that of now is answered at once.
   * @returns The signed table: another one, or after a while the same.
   */
  after(position: number, signal: AbortSignal): Promise<string>;
}

/** How it is followed. */
export interface RoutingOptions {
  readonly store: RegistryStore;
  readonly ring: KeyRing;
  readonly signer: RoutingSigner;
  /** Longest wait of an asker, ms; default 20000. */
  readonly maxWaitMs?: number;
  /** Time between two looks while somebody waits, ms; default 1000. */
  readonly pollMs?: number;
}

/** Listens from now on. */
export async function followRouting({ store, ring, signer, maxWaitMs = 20_000, pollMs = 1000 }: RoutingOptions): Promise<Routing> {
  const waiting = new Set<(table: RoutingTable | Error) => void>();
  let looking: Promise<void> | undefined;
  let again = false;
  let over = false;

  const look = async (): Promise<void> => {
    const told = await readRouting(store).catch((cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause))));
    for (const wake of waiting) wake(told);
  };
  const lookOnce = (): void => {
    if (waiting.size === 0 || over) return;
    again = looking !== undefined;
    looking ??= look().finally(() => {
      looking = undefined;
      if (again) lookOnce();
    });
  };
  const wakeAll = (): void => {
    ring.forget();
    lookOnce();
  };

  const sql = postgres(store.url, { max: 1, onnotice: () => {}, idle_timeout: 0 });
  // It connects again by itself; what was told meanwhile is looked up then.
  await sql.listen(channel, wakeAll, wakeAll);
  const timer = setInterval(lookOnce, pollMs);

  return {
    async after(position, signal) {
      const now = await readRouting(store);
      if (now.position !== position) return signRouting(now, signer);
      const { promise, resolve, reject } = Promise.withResolvers<RoutingTable>();
      const wake = (told: RoutingTable | Error): void => {
        if (told instanceof Error) reject(told);
        else if (told.position !== position) resolve(told);
      };
      const giveUp = (): void => resolve(now);
      const late = setTimeout(giveUp, maxWaitMs);
      signal.addEventListener('abort', giveUp, { once: true });
      waiting.add(wake);
      // What changed between the look and the waiting.
      lookOnce();
      try {
        return signRouting(await promise, signer);
      } finally {
        clearTimeout(late);
        waiting.delete(wake);
        signal.removeEventListener('abort', giveUp);
      }
    },
    async [Symbol.asyncDispose]() {
      over = true;
      clearInterval(timer);
      for (const wake of waiting) wake(new HubError('INTERNAL', { zh: '登记处正在关闭。', en: 'The registry ends.' }));
      await looking;
      await sql.end({ timeout: 1 });
    },
  };
}
