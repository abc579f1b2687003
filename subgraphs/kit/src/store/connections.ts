/**
 * Connections to a database for statements that are written out.
 * @see design/architecture.md «The way of a query»
 */
import { MikroORM } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';

/** How they are opened. */
export interface ConnectionOptions {
  /** Connections at the most; none is made before it is needed. */
  readonly poolSize: number;
  /** When a statement is ended; absent: it takes the time it takes. */
  readonly statementTimeoutMs?: number;
  /** When a transaction that does nothing is ended: it would hold back the whole cluster's feed (design/feed.md 3). */
  readonly idleInTransactionMs?: number;
}

/** A pool of connections. */
export interface Connections extends AsyncDisposable {
  readonly db: Kysely<unknown>;
}

/** Opens nothing yet: the first statement does. */
export async function openConnections(url: string, options: ConnectionOptions): Promise<Connections> {
  const { poolSize, statementTimeoutMs, idleInTransactionMs } = options;
  // MikroORM takes host, port, user and database from an address, and leaves the rest.
  const serverOptions = new URL(url).searchParams.get('options');
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: poolSize },
    driverOptions: {
      ...(serverOptions === null ? {} : { options: serverOptions }),
      ...(statementTimeoutMs === undefined ? {} : { statement_timeout: statementTimeoutMs }),
      ...(idleInTransactionMs === undefined ? {} : { idle_in_transaction_session_timeout: idleInTransactionMs }),
    },
    forceUtcTimezone: true,
  });
  return { db: orm.em.fork().getKysely<unknown>(), [Symbol.asyncDispose]: () => orm.close(true) };
}
