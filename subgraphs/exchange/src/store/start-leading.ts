/**
 * Work that one process does at a time: whoever holds the advisory lock leads, the others try again. The session that holds it is
 * not used for the work, so that a copy or a transaction never stands in its way.
 *
 * follow → lead → (work → wait)* ; whatever fails begins again with new connections.
 * @see design/architecture.md «Past one machine»
 */
import { setTimeout as after } from 'node:timers/promises';

import postgres from 'postgres';

/** What is led, and how. */
export interface Leading {
  /** `postgresql://…` that sees the exchange's tables. */
  readonly url: string;
  /** Number of the lock among the exchange's own. */
  readonly lock: number;
  /** Does what there is to do. @returns Milliseconds until there may be more. */
  readonly work: (sql: postgres.Sql, signal: AbortSignal) => Promise<number>;
  /** Told of what went wrong, of an outage once; the work goes on. */
  readonly onFault: (cause: unknown) => void;
}

const lockSpace = 6_845_798;
const retryMs = 1_000;

/** Starts it; disposing ends it after what it is at. */
export function startLeading(options: Leading): AsyncDisposable {
  const stop = new AbortController();
  const state = { faulty: false };
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        await session(options, stop.signal, state);
      } catch (cause) {
        if (!state.faulty && !stop.signal.aborted) options.onFault(cause);
        state.faulty = true;
        await pause(retryMs, stop.signal);
      }
    }
  };
  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

async function session({ url, lock, work }: Leading, signal: AbortSignal, state: { faulty: boolean }): Promise<void> {
  const lost = new AbortController();
  const ended = AbortSignal.any([signal, lost.signal]);
  const holder = postgres(url, { max: 1, max_lifetime: null, onnotice: () => {}, onclose: () => lost.abort() });
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  try {
    let leads = false;
    while (!ended.aborted) {
      if (!leads) {
        const [answer] = await holder<{ leads: boolean }[]>`select pg_try_advisory_lock(${lockSpace}, ${lock}) as leads`;
        leads = answer?.leads === true;
      }
      const waitMs = leads ? await work(sql, ended) : retryMs;
      state.faulty = false;
      await pause(waitMs, ended);
    }
  } finally {
    await Promise.all([holder.end({ timeout: 1 }), sql.end({ timeout: 1 })]);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await after(ms, undefined, { signal }).catch((cause: unknown) => {
    if (!signal.aborted) throw cause;
  });
}
