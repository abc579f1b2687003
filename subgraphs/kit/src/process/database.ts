/**
 * The database a hub works with: the one `HUB_DATABASE_URL` names, or one of its own in the data folder.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { HubError } from '@hub/schema';
import postgres from 'postgres';

import { databasePlace } from './database-place.ts';
import { postgresFolder, runningPostgresUrl, startEmbeddedPostgres } from './embedded-postgres.ts';
import { openDataFolder } from './folder-access.ts';
import { fullDisk } from './full-disk.ts';
import { lockFolder } from './folder-lock.ts';
import { noHubData } from './no-hub-data.ts';

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
  /** As `close`, at once: for a process that is ended by force. */
  kill(): void;
  /** @returns The refusal to give instead of what failed, when the disk of the data folder is full. */
  fullDisk(): Promise<HubError | undefined>;
}

/** Which database to open. */
export interface DatabaseChoice {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** True: when a running hub holds the data folder, work with its database (`load`). Default false: be refused. */
  readonly beside?: boolean;
  /** True: a data folder without a database is refused rather than given one (`load`). Default false. */
  readonly existing?: boolean;
  /** False for a test's database: a power cut may lose it, and it starts and writes faster. Default true. */
  readonly durable?: boolean;
}

/**
 * Opens the database and waits until it answers.
 * @throws HubError DATABASE_UNREACHABLE; CONFIG_INVALID when it is not UTF-8, or must exist and does not; FOLDER_UNREADABLE (also
 *   when another hub holds the data folder).
 */
export async function openDatabase(choice: DatabaseChoice): Promise<Database> {
  const { databaseUrl, dataDir, beside = false, existing = false, durable = true } = choice;
  if (databaseUrl !== undefined) return somebodyElses(databaseUrl);
  if (existing && !existsSync(join(dataDir, postgresFolder))) throw noHubData(dataDir);
  await openDataFolder(dataDir);
  const lock = await lockFolder(dataDir).catch(async (cause: unknown) => {
    throw (await fullDisk(dataDir, String(cause))) ?? cause;
  });
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
    const [answer] = await sql<{ encoding: string }[]>`select current_setting('server_encoding') as encoding`;
    if (answer !== undefined && answer.encoding !== 'UTF8') throw wrongEncoding(url, answer.encoding);
  } catch (cause) {
    throw cause instanceof HubError ? cause : unreachable(url, cause);
  } finally {
    await sql.end({ timeout: connectSeconds });
  }
  return { url, folder: undefined, ended: new Promise(() => {}), close: async () => {}, kill() {}, fullDisk: async () => undefined };
}

function unreachable(url: string, cause: unknown): HubError {
  const place = databasePlace(url);
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const fault = refusals.get(reason);
  if (fault !== undefined) {
    return new HubError('DATABASE_UNREACHABLE', {
      zh: `数据库 ${place} 的服务器已应答，但${fault.zh}（${reason}）。`,
      en: `The server of the database ${place} answers, but it ${fault.en} (${reason}).`,
      cause,
    });
  }
  return new HubError('DATABASE_UNREACHABLE', {
    zh: `连接不上数据库 ${place}（${reason}），请检查 HUB_DATABASE_URL 与数据库是否已启动。`,
    en: `The database ${place} cannot be reached (${reason}); check HUB_DATABASE_URL and that the database runs.`,
    cause,
  });
}

/** What a server that runs refuses a session for. @see PostgreSQL, appendix A «Error Codes» */
const refusals: ReadonlyMap<string, { readonly zh: string; readonly en: string }> = new Map([
  [
    '28P01',
    {
      zh: '拒绝了这个用户名或密码，请更正 HUB_DATABASE_URL；密码中的 @ : / # % 须写成百分号编码',
      en: 'refuses this user or password: correct HUB_DATABASE_URL; @ : / # % in a password are percent-encoded',
    },
  ],
  [
    '28000',
    {
      zh: '不许这个用户从本机登录，请更正 HUB_DATABASE_URL 的用户名，或在服务器的 pg_hba.conf 中放行',
      en: 'does not let this user in from here: correct the user in HUB_DATABASE_URL, or allow it in the server’s pg_hba.conf',
    },
  ],
  [
    '3D000',
    {
      zh: '没有 HUB_DATABASE_URL 末尾所写的库，请更正库名，或先建一个空库（createdb -E UTF8 库名）',
      en: 'has no database of the name at the end of HUB_DATABASE_URL: correct it, or make an empty one first (createdb -E UTF8 NAME)',
    },
  ],
]);

function wrongEncoding(url: string, encoding: string): HubError {
  const place = databasePlace(url);
  return new HubError('CONFIG_INVALID', {
    zh: `数据库 ${place} 的编码是 ${encoding}，hub 需要 UTF8：请另建一个 UTF8 的空库（createdb -E UTF8 -T template0 库名），并更正 HUB_DATABASE_URL。`,
    en: `The database ${place} is encoded in ${encoding}; the hub needs UTF8: make an empty one in UTF8 (createdb -E UTF8 -T template0 NAME) and set HUB_DATABASE_URL to it.`,
  });
}

function held(dataDir: string): HubError {
  return new HubError('FOLDER_UNREADABLE', {
    zh: `数据目录 ${dataDir} 正由另一个运行中的 hub 使用，请先结束它，或用 HUB_DATA_DIR 指定其他目录。`,
    en: `The data folder ${dataDir} is in use by another hub that is running; end it first, or set HUB_DATA_DIR to another folder.`,
  });
}
