/**
 * An open database that holds one or more systems' records.
 * @see design/architecture.md «The way of a record»
 */
import { type Contract, type Dataset, HubError } from '@hub/schema';
import { MikroORM } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';

import { databasePlace } from '../process/database-place.ts';
import { noHubData } from '../process/no-hub-data.ts';

import { storeEntities } from './entities.ts';
import { migrate, wasMigrated } from './migrate.ts';
import { openReading, readTimeoutMs } from './reading.ts';

/** A dataset with the contract it belongs to. */
export interface StoredDataset {
  readonly contract: Contract;
  readonly dataset: Dataset;
}

/** How a store is opened. */
export interface StoreOptions {
  /** `postgresql://…` */
  readonly url: string;
  /** Contracts whose datasets it keeps. */
  readonly contracts: readonly Contract[];
  /** Connections at the most, of writers and of readers each; two at least. */
  readonly poolSize: number;
  /** How long a statement of a reader may run, ms; default `readTimeoutMs`. */
  readonly readTimeoutMs?: number;
  /** True: a database that no hub was started on is refused rather than made one. Default false. */
  readonly existing?: boolean;
}

/** The database, its datasets, and what migration did. */
export interface Store extends AsyncDisposable {
  /** A connection pool for statements written out. */
  readonly db: Kysely<unknown>;
  /** Another one, for questions: its statements end in time. */
  readonly reading: Kysely<unknown>;
  /** Datasets by their graph type. */
  readonly byType: ReadonlyMap<string, StoredDataset>;
  /** Datasets by the standard's code. */
  readonly byCode: ReadonlyMap<string, StoredDataset>;
  /** Whether tables were made or changed on opening. */
  readonly migrated: boolean;
}

/** A transaction that waits for its caller holds back the whole cluster's feed (design/feed.md 3). */
const idleInTransactionMs = 15_000;

/**
 * @returns The store, migrated.
 * @throws HubError DATABASE_UNREACHABLE; CONFIG_INVALID when it must exist and does not; CONTRACT_INVALID when records are sealed and no dataset tells when that ends.
 */
export async function openStore({ url, contracts, poolSize, existing = false, ...options }: StoreOptions): Promise<Store> {
  const stored = contracts.flatMap((contract) => contract.datasets.map((dataset) => ({ contract, dataset })));
  const datasets = stored.map(({ dataset }) => dataset);
  const byType = new Map(stored.map((entry) => [entry.dataset.type, entry]));
  if (datasets.some(isSealed) && !byType.has('Deal')) throw boardMissing();
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: storeEntities(datasets),
    // While the schema is compared, a second connection holds the lock.
    pool: { min: 0, max: Math.max(2, poolSize) },
    driverOptions: { idle_in_transaction_session_timeout: idleInTransactionMs },
    forceUtcTimezone: true,
  });
  try {
    if (existing && !(await wasMigrated(orm))) throw noHubData(databasePlace(url));
    const migrated = await migrate(orm, datasets);
    const reading = await openReading(url, { poolSize, timeoutMs: options.readTimeoutMs ?? readTimeoutMs });
    return {
      db: orm.em.fork().getKysely<unknown>(),
      reading: reading.db,
      byType,
      byCode: new Map(stored.map((entry) => [entry.dataset.code, entry])),
      migrated,
      async [Symbol.asyncDispose]() {
        await Promise.all([reading[Symbol.asyncDispose](), orm.close(true)]);
      },
    };
  } catch (cause) {
    await orm.close(true);
    if (cause instanceof HubError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HubError('DATABASE_UNREACHABLE', {
      zh: `数据库不可用：${reason}。请检查 HUB_DATABASE_URL 与数据库状态。`,
      en: `The database cannot be used: ${reason}. Check HUB_DATABASE_URL and the server.`,
      cause,
    });
  }
}

function isSealed({ sealed, fields }: Dataset): boolean {
  return sealed !== undefined || fields.some((field) => field.sealed !== undefined);
}

function boardMissing(): HubError {
  return new HubError('CONTRACT_INVALID', {
    zh: '契约中有封存的记录，却没有 board 契约：封存何时结束由公告板的成交判断。请在系统登记的 contracts 中加上 board。',
    en: 'Records are sealed, but there is no board contract, whose deals tell when a seal ends: add «board» to the contracts of the systems.',
  });
}
