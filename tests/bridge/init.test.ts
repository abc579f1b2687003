/**
 * `hub init` over databases of others: what it writes, that its views run as they are on both kinds of database, and that it
 * writes all or nothing.
 * @see subgraphs/GUIDE.md
 */
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type InitOptions, initSystem, readMapping, readRegistration } from '@hub/bridge';
import { readHubFile, readSigningKey } from '@hub/kit/process';
import { type TestDatabase, openTestDatabase } from '@hub/kit/testing';
import { isHeldBySystems, law } from '@hub/schema';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';

import { type ForeignMysql, openForeignMysql } from '../support/foreign-mysql.ts';

const held = law().contracts.flatMap(({ contract }) => (isHeldBySystems(contract) ? [contract] : []));
const tables = `
  create table tender_project (id integer primary key, tender_project_code varchar(50), tenderProjectName varchar(200), updated_at timestamp);
  create table person (branch varchar(10), no integer, name varchar(50), primary key (branch, no));`;

let city: TestDatabase;
let mysql: ForeignMysql;
let home: string;

beforeAll(async () => {
  [city, mysql] = await Promise.all([openTestDatabase(), openForeignMysql()]);
  await inCity(tables);
  await mysql.connection.query(tables);
}, 120_000);
afterAll(async () => {
  await city[Symbol.asyncDispose]();
  await mysql[Symbol.asyncDispose]();
});
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'hub-init-'))));
afterEach(() => rm(home, { recursive: true }));

describe('hub init writes a folder that works', () => {
  test.each(held.map(({ name }) => name))('the views of %s run as they are, twice, on PostgreSQL and MySQL', async (contract) => {
    for (const kind of ['postgres', 'mysql'] as const) {
      const folder = join(home, kind);
      await init({ folder, contract, kind });
      const views = await readFile(join(folder, 'views.sql'), 'utf8');
      for (const _ of [1, 2]) await (kind === 'postgres' ? inCity(views) : mysql.connection.query(views));
      const { datasets } = await readMapping(join(folder, 'bridge.json'));
      expect(datasets.map(({ dataset }) => dataset)).toEqual(held.find(({ name }) => name === contract)?.datasets.map(({ code }) => code));
    }
  });

  test('its documents are read back as they were meant, and the key is its owner’s alone', async () => {
    const { contracts } = await init({ contract: 'construction' });
    expect(contracts).toEqual(['board', 'construction']);
    const settings = await readHubFile(home);
    expect(settings).toMatchObject({ system: 'hecheng', contracts, registry: 'http://127.0.0.1:4001', port: 4100 });
    const registration = await readRegistration(home);
    expect(registration).toMatchObject({ code: 'hecheng', name: '禾城市交易中心', region: '990100', contracts });
    expect(readSigningKey(settings.keyFile).publicJwk).toEqual(registration.key);
    expect((await stat(settings.keyFile)).mode & 0o777).toBe(0o600);
    expect((await readdir(home)).toSorted()).toEqual([
      '.gitignore',
      'README.md',
      'bridge.json',
      'hub.json',
      'registration.json',
      'system-key.json',
      'views.sql',
    ]);
  });

  test.each(['postgres', 'mysql'] as const)('on %s a table whose columns are called as the standard’s fills its view', async (kind) => {
    const { tables: found, views } = await init({ contract: 'construction', kind });
    expect(found).toBe(2);
    expect(views.filter(({ table }) => table !== undefined)).toMatchObject([
      { view: 'hub_tender_project', table: expect.stringMatching(/\.tender_project$/), filled: 2 },
    ]);
    const text = await readFile(join(home, 'views.sql'), 'utf8');
    const quoted = kind === 'postgres' ? '"' : '`';
    expect(text).toContain(`t.${quoted}id${quoted} as ${quoted}data_key${quoted}`);
    expect(text).toContain(`t.${quoted}tender_project_code${quoted} as ${quoted}tender_project_code${quoted}`);
    const { datasets } = await readMapping(join(home, 'bridge.json'));
    expect(datasets.find(({ from }) => from === 'hub_tender_project')?.since).toMatchObject({ column: 'changed_at' });
  });
});

describe('hub init writes all or nothing', () => {
  test('a folder that holds something is left as it is', async () => {
    await writeFile(join(home, 'mine.txt'), 'mine');
    await expect(init({})).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE', message: expect.stringContaining('mine.txt') });
    expect(await readdir(home)).toEqual(['mine.txt']);
  });

  test.each([
    ['a contract there is not', { contract: 'nothing' }, 'CONTRACT_INVALID'],
    ['a code that is none', { system: 'Hecheng' }, 'CONFIG_INVALID'],
    ['a variable that is not set', { variable: 'NOWHERE_DB' }, 'CONFIG_INVALID'],
    ['an address in place of a variable', { variable: 'postgres://a:hunter2@b/c' }, 'CONFIG_INVALID'],
    ['an address of another kind', { env: { CITY_DB: 'oracle://a:hunter2@b/c' } }, 'CONFIG_INVALID'],
    ['a database that is not there', { env: { CITY_DB: 'postgres://a:hunter2@127.0.0.1:1/c' } }, 'DATABASE_UNREACHABLE'],
    ['a MySQL that is not there', { env: { CITY_DB: 'mysql://a:hunter2@127.0.0.1:1/c' } }, 'DATABASE_UNREACHABLE'],
  ])('%s is refused, and no folder is made', async (_, wrong, code) => {
    const refusal: unknown = await init({ folder: join(home, 'new'), ...wrong }).catch((cause: unknown) => cause);
    expect(refusal).toMatchObject({ code });
    expect(String(refusal)).not.toContain('hunter2');
    expect(await readdir(home)).toEqual([]);
  });

  test('an existing file in the way of the last step leaves nothing behind', async () => {
    const folder = join(home, 'new');
    await mkdir(folder);
    await writeFile(join(home, 'file'), '');
    await expect(init({ folder: join(home, 'file', 'below') })).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
    expect(await readdir(folder)).toEqual([]);
  });
});

interface Made extends Partial<InitOptions> {
  readonly kind?: 'postgres' | 'mysql';
}

function init({ kind = 'postgres', ...given }: Made): ReturnType<typeof initSystem> {
  return initSystem({
    folder: home,
    system: 'hecheng',
    contract: 'board',
    variable: 'CITY_DB',
    env: { CITY_DB: kind === 'postgres' ? city.url : mysql.url },
    registry: 'http://127.0.0.1:4001',
    port: 4100,
    facts: { name: '禾城市交易中心', nameEn: 'Hecheng Trading Centre', owner: '禾城市交易中心', region: '990100' },
    codes: law().codes,
    ...given,
  });
}

async function inCity(statements: string): Promise<void> {
  const sql = postgres(city.url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statements);
  } finally {
    await sql.end();
  }
}
