/**
 * The exchange's database.
 * @see design/architecture.md «The way of a record»
 */
import { openConnections } from '@hub/kit';
import { type Clock, systemClock } from '@hub/kit/process';
import { HubError } from '@hub/schema';
import type { Kysely } from 'kysely';

import { refillCodes } from '../judge/refill-codes.ts';

import { type ExchangeLaw, type LawOptions, exchangeLaw } from './exchange-law.ts';
import { exchangeUrl } from './exchange-url.ts';
import { migrate } from './migrate.ts';

/** How it is opened. */
export interface ExchangeStoreOptions extends LawOptions {
  /** Connections at the most, of writers and of readers each. */
  readonly poolSize?: number;
  readonly clock?: Clock;
  /** Told after each transaction that others wait for: the sequencer is poked. */
  readonly onCommit?: () => void;
  /** Awaited before and after each statement of a transaction that journals, `changes:before`. */
  readonly onStep?: (step: string) => Promise<void> | void;
}

/** The open database, and what its records are judged by. */
export interface ExchangeStore extends AsyncDisposable {
  /** Sees the exchange's tables: for the sequencer, and for who copies. */
  readonly url: string;
  readonly db: Kysely<unknown>;
  /** For questions: their statements end in time. */
  readonly reading: Kysely<unknown>;
  readonly law: ExchangeLaw;
  readonly clock: Clock;
  readonly onCommit: () => void;
  readonly onStep: (step: string) => Promise<void> | void;
}

const idleInTransactionMs = 15_000;
/** Somewhat above what the gateway gives a system. */
const statementTimeoutMs = 3_000;
const usualPool = 8;

/**
 * Opens the exchange's schema in a database and makes what is missing.
 * @param databaseUrl - `postgresql://…` of the hub's database.
 * @throws HubError DATABASE_UNREACHABLE.
 */
export async function openExchangeStore(databaseUrl: string, options: ExchangeStoreOptions = {}): Promise<ExchangeStore> {
  const { poolSize = usualPool, clock = systemClock, onCommit = () => {}, onStep = () => {} } = options;
  const url = exchangeUrl(databaseUrl);
  const law = exchangeLaw(options);
  await using opened = new AsyncDisposableStack();
  const writing = opened.use(await openConnections(url, { poolSize, idleInTransactionMs }));
  const reading = opened.use(await openConnections(url, { poolSize, statementTimeoutMs }));
  try {
    await migrate(writing.db);
    await refillCodes(writing.db, law);
  } catch (cause) {
    throw unreachable(cause);
  }
  const running = opened.move();
  return {
    url,
    db: writing.db,
    reading: reading.db,
    law,
    clock,
    onCommit,
    onStep,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function unreachable(cause: unknown): HubError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new HubError('DATABASE_UNREACHABLE', {
    zh: `数据交换的数据库不可用：${reason}。请检查 HUB_DATABASE_URL 与数据库状态。`,
    en: `The exchange's database cannot be used: ${reason}. Check HUB_DATABASE_URL and the server.`,
    cause,
  });
}
