/**
 * A MySQL of somebody else's for a test: the one that HUB_TEST_MYSQL_URL names, else a MariaDB of the machine's own program, in
 * a folder that goes with it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { type Connection, createConnection } from 'mysql2/promise';

import { freePorts } from './free-ports.ts';

/** A server with a database of its own for the test. */
export interface ForeignMysql extends AsyncDisposable {
  readonly url: string;
  readonly connection: Connection;
}

const programs = ['/usr/sbin/mariadbd', '/usr/bin/mariadbd', '/usr/sbin/mysqld'];
const scripts = ['mysql_system_tables.sql', 'mysql_performance_tables.sql', 'mysql_system_tables_data.sql'];
const scriptFolder = '/usr/share/mysql';
const patienceMs = 60_000;
const missing =
  '测试需要 MySQL 或 MariaDB：请安装（apt-get install mariadb-server-core），或用 HUB_TEST_MYSQL_URL 指定一个可以建库的服务器。  ' +
  'A MySQL or MariaDB server is needed: install it (apt-get install mariadb-server-core), or set HUB_TEST_MYSQL_URL to one on which databases may be made.';

/** @throws Error, saying how to get one, when there is no server. */
export async function openForeignMysql(): Promise<ForeignMysql> {
  const given = process.env['HUB_TEST_MYSQL_URL'];
  const server = given === undefined || given === '' ? await startServer() : { url: given, end: async () => {} };
  const url = new URL(server.url);
  const connection = await connected(url.href);
  const name = `bridge_test_${Date.now()}_${process.pid}`;
  await connection.query(`create database ${name} character set utf8mb4`);
  await connection.query(`use ${name}`);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    connection,
    async [Symbol.asyncDispose]() {
      await connection.query(`drop database ${name}`);
      await connection.end();
      await server.end();
    },
  };
}

async function startServer(): Promise<{ readonly url: string; readonly end: () => Promise<void> }> {
  const program = programs.find((path) => existsSync(path));
  if (program === undefined) throw new Error(missing);
  const folder = await mkdtemp(join(tmpdir(), 'hub-mysql-'));
  await mkdir(join(folder, 'data'));
  const words = ['--no-defaults', `--datadir=${join(folder, 'data')}`, ...(process.getuid?.() === 0 ? ['--user=root'] : [])];
  const fast = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--skip-log-bin'];
  await bootstrap(program, [...words, ...fast]);
  const port = await freePorts(1);
  const place = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 'socket')}`, '--performance-schema=OFF'];
  const child = spawn(program, [...words, ...fast, ...place], { stdio: 'ignore' });
  return {
    url: `mysql://hub:hub@127.0.0.1:${port}/`,
    async end() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the server's own installing program does, which asks for more than the server. */
async function bootstrap(program: string, words: readonly string[]): Promise<void> {
  const child = spawn(program, [...words, '--bootstrap'], { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => void (said += piece));
  const user = "create user hub@'127.0.0.1' identified by 'hub';\ngrant all on *.* to hub@'127.0.0.1';\n";
  const tables = scripts.map((name) => readFileSync(join(scriptFolder, name), 'utf8')).join('\n');
  child.stdin.end(`create database mysql;\nuse mysql;\n${tables}\nflush privileges;\n${user}`);
  await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error(`MariaDB did not make its tables: ${said.slice(-2000)}`);
}

async function connected(url: string): Promise<Connection> {
  const endMs = performance.now() + patienceMs;
  for (;;) {
    try {
      return await createConnection({ uri: url, multipleStatements: true });
    } catch (cause) {
      if (performance.now() > endMs) throw cause;
      await delay(100);
    }
  }
}
