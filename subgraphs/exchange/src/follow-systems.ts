/**
 * Which systems are harvested: those that the registry has published, where it says they are, looked at again every second.
 * @see design/architecture.md «Words»
 */
import { setTimeout as delay } from 'node:timers/promises';

import type { Harvest } from './harvest/start-harvest.ts';

/** A system as the registry has it. */
export interface ExchangeSystem {
  readonly code: string;
  /** Of its graph; null: it has none. */
  readonly endpoint: string | null;
  readonly state: string;
  /** What it declares as its own: `platform/tradePlat` each. */
  readonly platformCodes: readonly string[];
}

const lookMs = 1_000;

/** Follows what `systems` tells; disposing ends it. */
export function followSystems(
  harvest: Pick<Harvest, 'follow'>,
  systems: () => Promise<readonly ExchangeSystem[]>,
  onFault: (cause: unknown) => void,
): AsyncDisposable {
  const over = new AbortController();
  const run = async (): Promise<void> => {
    let faulty = false;
    while (!over.signal.aborted) {
      try {
        const rows = await systems();
        const published = rows.filter(({ state }) => state === 'PUBLISHED');
        harvest.follow(published.flatMap(({ code, endpoint }) => (endpoint === null ? [] : [{ code, url: endpoint }])));
        faulty = false;
      } catch (cause) {
        // Those that are followed are followed on; an outage is told of once.
        if (!faulty && !over.signal.aborted) onFault(cause);
        faulty = true;
      }
      await delay(lookMs, undefined, { signal: over.signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      await running;
    },
  };
}
