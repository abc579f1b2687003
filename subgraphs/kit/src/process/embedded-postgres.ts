/**
 * A real PostgreSQL of the hub's own, from the platform's binaries package, on 127.0.0.1 and a free port, without a Unix socket.
 * The package's JavaScript wrapper is not used: it ends the whole process on a signal, before the systems above have drained.
 * @see design/toolchain.md «Postgres»
 */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { HubError } from '@hub/schema';

import { assertEntry, openDataFolder } from './folder-access.ts';
import { listenOn } from './listen.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { postgresOwner } from './postgres-owner.ts';
import type { Owner } from './postgres-owner.ts';
import { endStalePostgres } from './stale-postgres.ts';

const run = promisify(execFile);

const readyLine = 'database system is ready to accept connections';
const portAttempts = 3;
const toldLines = 5;

// Hundreds of small pools share one server; planning short statements with the JIT costs more than it gains.
const serverSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  jit: 'off',
  lc_messages: 'C',
};

const carelessSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** A running server. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Where its files are: what `endStalePostgres` takes. */
  readonly folder: string;
  /** Resolves when the server process has ended, asked or not. */
  readonly ended: Promise<void>;
  /** Ends it cleanly: open sessions are cut, nothing committed is lost. */
  close(): Promise<void>;
}

/**
 * Starts the server whose files are in `dataDir`, which are made on first use.
 * @param durable - False: a power cut may lose the database (tests).
 * @throws HubError FOLDER_UNREADABLE, DATABASE_UNREACHABLE
 */
export async function startEmbeddedPostgres(dataDir: string, durable: boolean): Promise<EmbeddedPostgres> {
  await openDataFolder(dataDir);
  const home = await realpath(dataDir);
  const [binaries, owner] = await Promise.all([postgresBinaries(), postgresOwner()]);
  const folder = join(home, 'postgres');
  await assertEntry(folder, owner);
  await assertEntry(binaries.postgres, owner);
  const passwordFile = join(home, 'postgres.password');
  if (!existsSync(folder)) await initialise(folder, { binaries, owner, passwordFile });
  await endStalePostgres(folder);
  const password = (await readFile(passwordFile, 'utf8')).trim();
  const server = await serve(folder, { binaries, owner, durable });
  return {
    url: `postgres://hub:${password}@127.0.0.1:${server.port}/postgres`,
    folder,
    ended: server.ended,
    async close() {
      server.child.kill('SIGINT');
      await server.ended;
    },
  };
}

interface Initialise {
  readonly binaries: PostgresBinaries;
  readonly owner: Owner;
  readonly passwordFile: string;
}

// Made aside and renamed, so that a start cut short half-way leaves nothing the next one takes for a database.
async function initialise(folder: string, { binaries, owner, passwordFile }: Initialise): Promise<void> {
  const making = `${folder}.making`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { mode: 0o700 });
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  const { uid, gid } = owner;
  if (uid !== undefined && gid !== undefined) await Promise.all([chown(making, uid, gid), chown(passwordFile, uid, gid)]);
  const flags = ['--username=hub', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8'];
  try {
    await run(binaries.initdb, [`--pgdata=${making}`, ...flags], { ...owner, cwd: making });
  } catch (cause) {
    throw unreachable(cause instanceof Error ? cause.message : String(cause), cause);
  }
  await rename(making, folder);
}

interface Served {
  readonly child: ChildProcess;
  readonly port: number;
  readonly ended: Promise<void>;
}

interface Serve {
  readonly binaries: PostgresBinaries;
  readonly owner: Owner;
  readonly durable: boolean;
}

async function serve(folder: string, { binaries, owner, durable }: Serve): Promise<Served> {
  const settings = Object.entries({ ...serverSettings, ...(durable ? {} : carelessSettings) });
  const flags = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let told = '';
  for (let attempt = 0; attempt < portAttempts; attempt += 1) {
    const port = await freePort();
    const child = spawn(binaries.postgres, ['-D', folder, '-p', String(port), ...flags], {
      ...owner,
      cwd: folder,
      // A group of its own: a Ctrl-C in the terminal is for the hub, which ends the database last.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(child, 'close').then(
      () => {},
      () => {},
    );
    const lines: string[] = [];
    const ready = Promise.withResolvers<boolean>();
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.includes(readyLine)) ready.resolve(true);
      if (lines.push(line) > toldLines) lines.shift();
    });
    void ended.then(() => ready.resolve(false));
    if (await ready.promise) return { child, port, ended };
    told = lines.join(' ');
  }
  throw unreachable(told, undefined);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listenOn(probe, 0);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function unreachable(told: string, cause: unknown): HubError {
  const line = told.replaceAll(/\s+/g, ' ').trim();
  return new HubError('DATABASE_UNREACHABLE', {
    zh: `内置 PostgreSQL 无法启动（${line}）；也可设置 HUB_DATABASE_URL 使用已有数据库。`,
    en: `The built-in PostgreSQL did not start (${line}); HUB_DATABASE_URL may name another database instead.`,
    cause,
  });
}
