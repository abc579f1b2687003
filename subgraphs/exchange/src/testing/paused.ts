/**
 * Waiting that lasts until a test says so.
 */

/** Where loops wait. */
export interface Pauses {
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Times that were asked for, ms. */
  readonly asked: readonly number[];
  /** Ends every waiting there is. */
  end(): void;
}

/** Nobody waits yet. */
export function openPauses(): Pauses {
  const waiting = new Set<() => void>();
  const asked: number[] = [];
  return {
    asked,
    pause(ms, signal) {
      if (ms > 0) asked.push(ms);
      if (ms === 0 || signal.aborted) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.add(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
      return promise;
    },
    end() {
      for (const resolve of waiting) resolve();
      waiting.clear();
    },
  };
}
