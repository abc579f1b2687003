import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openDatabase } from './database.ts';
import { listenOn } from './listen.ts';

const module = fileURLToPath(new URL('./database.ts', import.meta.url));

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-database-'));
  await chmod(home, 0o755);
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('The hub’s own database', () => {
  test('is made on first use, speaks UTF-8 on loopback only, and keeps what it was given', async () => {
    const first = await open();
    await ask(first.url, (sql) => sql`create table kept as select '标段（包）' as title`);
    const settings = await ask(
      first.url,
      (sql) => sql`select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
        current_setting('server_encoding') as encoding, current_setting('max_connections') as connections, datcollate as collation
        from pg_database where datname = current_database()`,
    );
    await first.close();
    await using second = closing(await open());
    expect([...settings]).toEqual([{ addresses: '127.0.0.1', sockets: '', encoding: 'UTF8', connections: '200', collation: 'C.UTF-8' }]);
    expect([...(await ask(second.url, (sql) => sql`select title from kept`))]).toEqual([{ title: '标段（包）' }]);
  });

  test('opens again after a kill -9 of the hub, ending the server that was left', async () => {
    const script = `import { openDatabase } from ${JSON.stringify(module)};
      await openDatabase({ databaseUrl: undefined, dataDir: ${JSON.stringify(join(home, 'hub'))}, durable: false });
      process.send('open');`;
    const hub = run(script);
    await once(hub, 'message');
    const left = Number((await readFile(join(home, 'hub/postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
    hub.kill('SIGKILL');
    await once(hub, 'exit');
    expect(process.kill(left, 0)).toBe(true);
    await using next = closing(await open());
    expect(() => process.kill(left, 0)).toThrow('ESRCH');
    expect([...(await ask(next.url, (sql) => sql`select 1 as one`))]).toEqual([{ one: 1 }]);
  });

  test('leaves alone another program that was given the old process number', async () => {
    await (await open()).close();
    await writeFile(join(home, 'hub/postgres/postmaster.pid'), `${process.pid}\n`);
    await using next = closing(await open());
    expect([...(await ask(next.url, (sql) => sql`select 1 as one`))]).toEqual([{ one: 1 }]);
  });

  test('belongs to one hub: a second is refused, or works beside it when it says so', async () => {
    await using first = closing(await open());
    const script = (beside: boolean) => `import { openDatabase } from ${JSON.stringify(module)};
      openDatabase({ databaseUrl: undefined, dataDir: ${JSON.stringify(join(home, 'hub'))}, beside: ${beside} })
        .then((database) => process.send(database.url), (fault) => process.send(fault.message));`;
    expect(await told(script(false))).toBe(
      `数据目录 ${home}/hub 正由另一个运行中的 hub 使用，请先结束它，或用 HUB_DATA_DIR 指定其他目录。`,
    );
    expect(await told(script(true))).toBe(first.url);
  });

  test('starts over when making it was cut short', async () => {
    await mkdir(join(home, 'hub/postgres.making/base'), { recursive: true });
    await using database = closing(await open());
    expect([...(await ask(database.url, (sql) => sql`select 1 as one`))]).toEqual([{ one: 1 }]);
  });

  test('says when it has ended by itself', async () => {
    const database = await open();
    process.kill(Number((await readFile(join(home, 'hub/postgres/postmaster.pid'), 'utf8')).split('\n')[0]), 'SIGINT');
    await expect(database.ended).resolves.toBeUndefined();
  });

  test('is not begun where there is none, by what must find one', async () => {
    const dataDir = join(home, 'elsewhere');
    await expect(openDatabase({ databaseUrl: undefined, dataDir, beside: true, existing: true })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: `${dataDir} 里没有 hub 的数据：请先启动一次 hub（npm start），或把 HUB_DATA_DIR、HUB_DATABASE_URL 设为与 hub 相同。`,
    });
    expect(existsSync(dataDir)).toBe(false);
  });

  test('a folder that cannot be made is named in one line', async () => {
    await writeFile(join(home, 'hub'), 'a file');
    await expect(open()).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
      message: `数据目录 ${home}/hub 无法创建或读写，请检查权限，或用 HUB_DATA_DIR 指定其他目录。`,
    });
  });

  test.runIf(process.getuid?.() === 0)('as root, a private folder above it is named in one line', async () => {
    await chmod(home, 0o700);
    await expect(open()).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
      message: expect.stringContaining(`chmod o+x ${home}`),
    });
  });
});

describe('A database of somebody else’s', () => {
  test('that does not answer is named without its password', async () => {
    const refusing = createServer();
    const port = await listenOn(refusing, 0);
    await new Promise((resolve) => refusing.close(resolve));
    await expect(openDatabase({ databaseUrl: `postgres://hub:hunter2@127.0.0.1:${port}/hub`, dataDir: home })).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: `连接不上数据库 127.0.0.1:${port}/hub（ECONNREFUSED），请检查 HUB_DATABASE_URL 与数据库是否已启动。`,
    });
  });

  test('that answers and refuses is named with the very fault', async () => {
    await using own = closing(await open());
    await ask(own.url, (sql) => sql`create database ascii encoding 'SQL_ASCII' locale 'C' template template0`);
    const { host } = new URL(own.url);
    const refused = (change: (url: URL) => void): Promise<{ code: unknown; message: unknown }> => {
      const url = new URL(own.url);
      change(url);
      return openDatabase({ databaseUrl: url.href, dataDir: home }).then(
        () => ({ code: 'opened', message: '' }),
        ({ code, message }) => ({ code, message }),
      );
    };
    expect(await refused((url) => (url.password = 'hunter2'))).toEqual({
      code: 'DATABASE_UNREACHABLE',
      message: `数据库 ${host}/postgres 的服务器已应答，但拒绝了这个用户名或密码，请更正 HUB_DATABASE_URL；密码中的 @ : / # % 须写成百分号编码（28P01）。`,
    });
    expect(await refused((url) => (url.pathname = '/none'))).toEqual({
      code: 'DATABASE_UNREACHABLE',
      message: `数据库 ${host}/none 的服务器已应答，但没有 HUB_DATABASE_URL 末尾所写的库，请更正库名，或先建一个空库（createdb -E UTF8 库名）（3D000）。`,
    });
    expect(await refused((url) => (url.pathname = '/ascii'))).toEqual({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/^数据库 .*\/ascii 的编码是 SQL_ASCII，hub 需要 UTF8：/),
    });
  });

  test('is left running', async () => {
    await using own = closing(await open());
    await (await openDatabase({ databaseUrl: own.url, dataDir: home })).close();
    expect([...(await ask(own.url, (sql) => sql`select 1 as one`))]).toEqual([{ one: 1 }]);
  });
});

function open() {
  return openDatabase({ databaseUrl: undefined, dataDir: join(home, 'hub'), durable: false });
}

function run(script: string) {
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function told(script: string): Promise<unknown> {
  const child = run(script);
  const [message]: unknown[] = await once(child, 'message');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return message;
}

function closing<Closeable extends { close(): Promise<void> }>(database: Closeable) {
  return { ...database, [Symbol.asyncDispose]: () => database.close() };
}

async function ask<Answer>(url: string, statement: (sql: postgres.Sql) => Promise<Answer>): Promise<Answer> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await statement(sql);
  } finally {
    await sql.end();
  }
}
