/**
 * A real PostgreSQL of the hub's own, from the platform's binaries package, on 127.0.0.1 and a free port, without a Unix socket.
 * The package's JavaScript wrapper is not used: it ends the whole process on a signal, before the systems above have drained.
 * @see design/toolchain.md «Postgres»
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { HubError } from '@hub/schema';

import { assertEntry } from './folder-access.ts';
import { fullDisk } from './full-disk.ts';
import { initialisePostgres } from './initialise-postgres.ts';
import { listenOn } from './listen.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { postgresOwner } from './postgres-owner.ts';
import type { Owner } from './postgres-owner.ts';
import { endPostgres, endStalePostgres } from './stale-postgres.ts';

const readyLine = 'database system is ready to accept connections';
const portAttempts = 3;
const toldLines = 5;
/** What is kept of the log: after a fault the server says a good deal before it gives up. */
const keptLines = 100;

/** Name of the server's folder in the data folder. */
export const postgresFolder = 'postgres';

// Two dozen systems keep a small pool each. The JIT costs short statements more than it gains.
const serverSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  jit: 'off',
  lc_messages: 'C',
};
const carelessSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' };

/** A running server. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Where its files are: what `endStalePostgres` takes. */
  readonly folder: string;
  /** Resolves when the server process has ended, asked or not. */
  readonly ended: Promise<void>;
  /** Ends it cleanly: open sessions are cut, nothing committed is lost. One that does not end so is ended by force. */
  close(): Promise<void>;
  /** Ends it at once; nothing committed is lost, the next start recovers it. */
  kill(): void;
  /** @returns The refusal to give instead of what failed, when the disk of its folder is full. */
  fullDisk(): Promise<HubError | undefined>;
}

/**
 * Starts the server whose files are in `dataDir`, which must exist; the server's files are made on first use.
 * @param durable - False: a power cut may lose the database (tests).
 * @throws HubError FOLDER_UNREADABLE, DATABASE_UNREACHABLE
 */
export async function startEmbeddedPostgres(dataDir: string, durable: boolean): Promise<EmbeddedPostgres> {
  const [home, binaries, owner] = await Promise.all([realpath(dataDir), postgresBinaries(), postgresOwner()]);
  const folder = join(home, postgresFolder);
  await Promise.all([folder, binaries.postgres].map((path) => assertEntry(path, owner)));
  const passwordFile = join(home, 'postgres.password');
  try {
    if (!existsSync(folder)) await initialisePostgres(folder, { binaries, owner, passwordFile });
  } catch (cause) {
    const told = cause instanceof Error ? cause.message : String(cause);
    throw (await fullDisk(home, told)) ?? didNotStart(told, cause);
  }
  await endStalePostgres(folder);
  const server = await serve(folder, { program: binaries.postgres, owner, durable });
  if ('told' in server)
    throw (await fullDisk(home, server.told.join(' '))) ?? didNotStart(server.told.slice(-toldLines).join(' '), undefined);
  const { child } = server;
  return {
    url: await postgresUrl(home, server.port),
    folder,
    ended: server.ended,
    async close() {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) await endPostgres(child.pid);
      // A child of its own that lives a moment longer holds the pipe, and must not hold this process.
      child.stderr?.destroy();
      await server.ended;
    },
    kill: () => void child.kill('SIGQUIT'),
    fullDisk: () => fullDisk(home, server.lines.join(' ')),
  };
}

/**
 * The address of a server that another process of this hub already runs in `dataDir`.
 * @returns undefined when none is running there.
 */
export async function runningPostgresUrl(dataDir: string): Promise<string | undefined> {
  const home = await realpath(dataDir);
  const pidFile = join(home, postgresFolder, 'postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  const port = (await readFile(pidFile, 'utf8')).split('\n')[3];
  return port === undefined ? undefined : postgresUrl(home, Number(port));
}

async function postgresUrl(home: string, port: number): Promise<string> {
  const password = (await readFile(join(home, 'postgres.password'), 'utf8')).trim();
  return `postgres://hub:${password}@127.0.0.1:${port}/postgres`;
}

interface Serve {
  readonly program: string;
  readonly owner: Owner;
  readonly durable: boolean;
}

interface Served {
  readonly child: ChildProcess;
  readonly port: number;
  readonly ended: Promise<void>;
  /** The last lines of its log. */
  readonly lines: readonly string[];
}

/** @returns The server that is ready; or what the last attempt said. */
async function serve(folder: string, { program, owner, durable }: Serve): Promise<Served | { readonly told: readonly string[] }> {
  const settings = Object.entries({ ...serverSettings, ...(durable ? {} : carelessSettings) });
  const flags = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let told: readonly string[] = [];
  // Between finding a free port and opening it, another program may take it.
  for (let attempt = 0; attempt < portAttempts; attempt += 1) {
    const port = await freePort();
    const child = spawn(program, ['-D', folder, '-p', String(port), ...flags], {
      ...owner,
      cwd: folder,
      // A group of its own: a Ctrl-C in the terminal is for the hub, which ends the database last.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(child, 'close').then(nothing, nothing);
    const ready = Promise.withResolvers<boolean>();
    const lines: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.includes(readyLine)) ready.resolve(true);
      if (lines.push(line) > keptLines) lines.shift();
    });
    void ended.then(() => ready.resolve(false));
    if (await ready.promise) return { child, port, ended, lines };
    told = lines;
  }
  return { told };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listenOn(probe, 0);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function nothing(): void {}

function didNotStart(told: string, cause: unknown): HubError {
  const line = told.replaceAll(/\s+/g, ' ').trim();
  return new HubError('DATABASE_UNREACHABLE', {
    zh: `内置 PostgreSQL 无法启动（${line}）；也可设置 HUB_DATABASE_URL 使用已有数据库。`,
    en: `The built-in PostgreSQL did not start (${line}); HUB_DATABASE_URL may name another database instead.`,
    cause,
  });
}
