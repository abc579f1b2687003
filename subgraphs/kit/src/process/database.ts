/**
 * The database a hub works with: the one `HUB_DATABASE_URL` names, or one of its own in the data folder.
 */
import { HubError } from '@hub/schema';
import postgres from 'postgres';

import { runningPostgresUrl, startEmbeddedPostgres } from './embedded-postgres.ts';
import { openDataFolder } from './folder-access.ts';
import { lockFolder } from './folder-lock.ts';

const connectSeconds = 5;

/** A database that answered. */
export interface Database {
  readonly url: string;
  /** Folder of the server this process started; absent when somebody else runs it. */
  readonly folder: string | undefined;
  /** Resolves when the server this process started has ended; never when somebody else runs it. */
  readonly ended: Promise<void>;
  /** Ends the server this process started; leaves somebody else's alone. */
  close(): Promise<void>;
}

/** Which database to open. */
export interface DatabaseChoice {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** True: when a running hub holds the data folder, work with its database (`load`). Default false: be refused. */
  readonly beside?: boolean;
  /** False for a test's database: a power cut may lose it, and it starts and writes faster. Default true. */
  readonly durable?: boolean;
}

/**
 * Opens the database and waits until it answers.
 * @throws HubError DATABASE_UNREACHABLE, FOLDER_UNREADABLE (also when another hub holds the data folder)
 */
export async function openDatabase(choice: DatabaseChoice): Promise<Database> {
  const { databaseUrl, dataDir, beside = false, durable = true } = choice;
  if (databaseUrl !== undefined) return somebodyElses(databaseUrl);
  await openDataFolder(dataDir);
  const lock = await lockFolder(dataDir);
  if (lock === undefined) {
    const running = beside ? await runningPostgresUrl(dataDir) : undefined;
    if (running === undefined) throw held(dataDir);
    return somebodyElses(running);
  }
  try {
    const server = await startEmbeddedPostgres(dataDir, durable);
    return {
      ...server,
      async close() {
        await server.close();
        await lock[Symbol.asyncDispose]();
      },
    };
  } catch (cause) {
    await lock[Symbol.asyncDispose]();
    throw cause;
  }
}

async function somebodyElses(url: string): Promise<Database> {
  const sql = postgres(url, { max: 1, connect_timeout: connectSeconds, onnotice: () => {} });
  try {
    await sql`select 1`;
  } catch (cause) {
    throw unreachable(url, cause);
  } finally {
    await sql.end({ timeout: connectSeconds });
  }
  return { url, folder: undefined, ended: new Promise(() => {}), close: async () => {} };
}

// The address without user and password: this line ends up in terminals and logs.
function unreachable(url: string, cause: unknown): HubError {
  const { host, pathname } = new URL(url);
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return new HubError('DATABASE_UNREACHABLE', {
    zh: `连接不上数据库 ${host}${pathname}（${reason}），请检查 HUB_DATABASE_URL 与数据库是否已启动。`,
    en: `The database ${host}${pathname} cannot be reached (${reason}); check HUB_DATABASE_URL and that the database runs.`,
    cause,
  });
}

function held(dataDir: string): HubError {
  return new HubError('FOLDER_UNREADABLE', {
    zh: `数据目录 ${dataDir} 正由另一个运行中的 hub 使用，请先结束它，或用 HUB_DATA_DIR 指定其他目录。`,
    en: `The data folder ${dataDir} is in use by another hub that is running; end it first, or set HUB_DATA_DIR to another folder.`,
  });
}
