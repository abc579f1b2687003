/**
 * Decides waiting changes as soon as they may be: after each own commit, and every second for what others committed and for
 * time that is over. Any number of processes may run one.
 * @see design/feed.md 5
 */
import { setTimeout as after } from 'node:timers/promises';

import type { ExchangeStore } from '../store/open-store.ts';

import { releaseWaiting } from './release-waiting.ts';

/** What runs. */
export interface Release extends AsyncDisposable {
  /** Something was accepted: it looks at once. */
  poke(): void;
}

const lookMs = 1_000;

/** Starts it; disposing ends it after the transaction that runs. */
export function startRelease(store: ExchangeStore, onFault: (cause: unknown) => void): Release {
  const stop = new AbortController();
  const state = { poked: false, faulty: false, wake: (): void => {} };
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      state.poked = false;
      try {
        await releaseWaiting(store);
        state.faulty = false;
      } catch (cause) {
        if (!state.faulty) onFault(cause);
        state.faulty = true;
      }
      if (state.poked && !state.faulty) continue;
      const woken = new AbortController();
      state.wake = () => woken.abort();
      await pause(lookMs, AbortSignal.any([stop.signal, woken.signal]));
    }
  };
  const running = run();
  return {
    poke() {
      state.poked = true;
      state.wake();
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await after(ms, undefined, { signal }).catch((cause: unknown) => {
    if (!signal.aborted) throw cause;
  });
}
