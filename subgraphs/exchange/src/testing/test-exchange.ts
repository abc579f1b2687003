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
  /** Gives positions to all that is committed, without a running sequencer. */
  sequence(): Promise<void>;
  /** Every position of a system's epoch with what became of it: of each source position its states, in order. */
  states(system: string, epoch?: string): Promise<readonly string[]>;
  /** Lines of the hub's feed, in order: `system source-position dataset key version op`. */
  told(system: string): Promise<readonly string[]>;
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
    async sequence() {
      // Transactions of other tests on the same server hold changes back for a moment.
      for (let left = 1; left > 0;) {
        await sequence(sql, most);
        const [missing] = await sql<{ count: number }[]>`select count(*)::int as count from outbox
          where not exists (select from feed where feed.outbox = outbox.id)`;
        left = missing?.count ?? 0;
      }
    },
    async states(system, epoch = 'epoch-1') {
      const rows = await sql<{ text: string }[]>`select position || ' ' || state as text from change
        where system = ${system} and epoch = ${epoch} order by position`;
      return rows.map(({ text }) => text);
    },
    async told(system) {
      const rows = await sql<{ text: string }[]>`
        select concat_ws(' ', c.position, c.dataset, c.key, c.version, c.op) as text from feed f
        join outbox o on o.id = f.outbox join change c on c.id = o.change
        where f.system = 'hub' and c.system = ${system} order by f.position`;
      return rows.map(({ text }) => text);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
