/**
 * The database a hub works with: the one `HUB_DATABASE_URL` names, or one of its own.
 */
import { HubError } from '@hub/schema';
import postgres from 'postgres';

import { startEmbeddedPostgres } from './embedded-postgres.ts';

const connectSeconds = 5;

/** A database that answered. */
export interface Database {
  readonly url: string;
  /** Folder of the hub's own server; absent for a database of somebody else's. */
  readonly folder: string | undefined;
  /** Resolves when the hub's own server has ended; never for somebody else's. */
  readonly ended: Promise<void>;
  /** Ends the hub's own server; leaves somebody else's alone. */
  close(): Promise<void>;
}

/** Which database to open. */
export interface DatabaseChoice {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** False for a test's database: a power cut may lose it, and it starts and writes faster. Default true. */
  readonly durable?: boolean;
}

/**
 * Opens the database and waits until it answers a statement.
 * @throws HubError DATABASE_UNREACHABLE, FOLDER_UNREADABLE
 */
export async function openDatabase({ databaseUrl, dataDir, durable = true }: DatabaseChoice): Promise<Database> {
  if (databaseUrl === undefined) return startEmbeddedPostgres(dataDir, durable);
  await assertReachable(databaseUrl);
  return { url: databaseUrl, folder: undefined, ended: new Promise(() => {}), close: async () => {} };
}

async function assertReachable(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: connectSeconds, onnotice: () => {} });
  try {
    await sql`select 1`;
  } catch (cause) {
    throw unreachable(url, cause);
  } finally {
    await sql.end({ timeout: connectSeconds });
  }
}

// The address without user and password: this line ends up in terminals and logs.
function unreachable(url: string, cause: unknown): HubError {
  const { host, pathname } = new URL(url);
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new HubError('DATABASE_UNREACHABLE', {
    zh: `连接不上数据库 ${host}${pathname}（${reason}），请检查 HUB_DATABASE_URL 与数据库是否已启动。`,
    en: `The database ${host}${pathname} cannot be reached (${reason}); check HUB_DATABASE_URL and that the database runs.`,
    cause,
  });
}
