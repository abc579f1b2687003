/**
 * A transaction that journals: its statements run between two named steps, at each of which a test may end the process.
 * @see design/feed.md 8
 */
import type { Transaction } from 'kysely';

import type { ExchangeStore } from '../store/open-store.ts';

/** The transaction. */
export interface Scope {
  readonly db: Transaction<unknown>;
  readonly store: ExchangeStore;
  /** Runs a statement between `NAME:before` and `NAME:after`. */
  readonly run: <Result>(step: string, work: () => Promise<Result>) => Promise<Result>;
}

/** @returns The scope of a transaction. */
export function journalScope(db: Transaction<unknown>, store: ExchangeStore): Scope {
  return {
    db,
    store,
    async run(step, work) {
      await store.onStep(`${step}:before`);
      const result = await work();
      await store.onStep(`${step}:after`);
      return result;
    },
  };
}
