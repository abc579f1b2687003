/**
 * An open exchange store in a database of its own. Systems never meet, so one serves a whole file of tests.
 */
import { openTestDatabase, sequence } from '@hub/kit/testing';
import postgres from 'postgres';

import { type ExchangeStore, type ExchangeStoreOptions, openExchangeStore } from '../store/open-store.ts';

/** A store of its own; `await using` drops its database. */
export interface TestExchange extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly store: ExchangeStore;
  /** A connection that sees the exchange's tables. */
  readonly sql: postgres.Sql;
  /** The code of a system nobody has used before. */
  system(): string;
  /** Another store on the same database, as another process would open it; closed with this one. */
  another(options?: ExchangeStoreOptions): Promise<ExchangeStore>;
  /** Gives positions to what is committed, without a running sequencer. */
  sequence(): Promise<number>;
}

const most = 100_000;

/** Opens a store in a database of its own. */
export async function openTestExchange(options: ExchangeStoreOptions = {}): Promise<TestExchange> {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await openTestDatabase());
  const store = opened.use(await openExchangeStore(database.url, options));
  const sql = postgres(store.url, { max: 2, onnotice: () => {} });
  opened.defer(() => sql.end());
  let systems = 0;
  const running = opened.move();
  return {
    databaseUrl: database.url,
    store,
    sql,
    system() {
      systems += 1;
      return `system-${systems}`;
    },
    another: async (more = options) => running.use(await openExchangeStore(database.url, more)),
    sequence: () => sequence(sql, most),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
