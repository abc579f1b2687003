/**
 * 100,000 rows through a bridge: its memory does not grow with the source.
 * @see subgraphs/bridge/README.md «视图 · Views»
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { type TestDatabase, openTestDatabase, trustEverybody } from '@hub/kit/testing';
import { startSystems } from '@hub/trading';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type ForeignMysql, openForeignMysql } from '../support/foreign-mysql.ts';
import { runHub } from '../support/hub-process.ts';
import { pssBytes } from '../support/process-usage.ts';
import { recordFigures } from '../support/results.ts';
import { toyFolder, toyProvince } from '../support/toy-province.ts';

const [few, many] = [5000, 100_000];
const mebibyte = 1 << 20;
/** Each row is 3,000 bytes of text in the source and 2,000 in the heap: all at once would not fit into it, nor half of them. */
const heapMebibytes = 128;
/** Buffers outside the heap, which are collected late. */
const mostGrowthBytes = 96 * mebibyte;
const lookMs = 100;

let home: string;
let hub: TestDatabase;
let city: TestDatabase;
let other: ForeignMysql;
let sql: postgres.Sql;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-streaming-'));
  [hub, city, other] = [await openTestDatabase(), await openTestDatabase(), await openForeignMysql()];
  const onFault = (cause: unknown): void => expect.fail(String(cause));
  await using _ = await startSystems({ databaseUrl: hub.url, province: await toyProvince(), trust: trustEverybody, onFault });
  sql = postgres(city.url, { max: 1, onnotice: () => {} });
}, 300_000);
afterAll(async () => {
  await sql.end();
  await other[Symbol.asyncDispose]();
  await city[Symbol.asyncDispose]();
  await hub[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

test('PostgreSQL', async () => {
  const fill = async (rows: number): Promise<void> => {
    await sql.unsafe(`drop table if exists notice cascade;
      create table notice as select n as id, '公告' || n as title, repeat('正文', 500) as html from generate_series(1, ${rows}) n;
      create view hub_notice as select * from notice`);
  };
  expect(await growthBytes('postgres', fill, { system: 'xingcheng', url: city.url })).toBeLessThan(mostGrowthBytes);
});

test('MariaDB', async () => {
  const fill = async (rows: number): Promise<void> => {
    await other.connection.query(`drop table if exists notice; drop view if exists hub_notice;
      create table notice as select seq as id, concat('公告', seq) as title, repeat('正文', 500) as html from seq_1_to_${rows};
      create view hub_notice as select * from notice`);
  };
  expect(await growthBytes('mysql', fill, { system: 'yuecheng', url: other.url })).toBeLessThan(mostGrowthBytes);
});

interface Place {
  readonly system: string;
  readonly url: string;
}

/** @returns How much more memory many rows take than few, at their peaks. */
async function growthBytes(kind: 'postgres' | 'mysql', fill: (rows: number) => Promise<void>, place: Place): Promise<number> {
  await fill(few);
  const small = await bridged(kind, few, place);
  await fill(many);
  const large = await bridged(kind, many, place);
  const again = await bridged(kind, many, place);
  await recordFigures(`bridge-${kind}`, { rows: many, heapMebibytes, small, large, again });
  return Math.max(large.peakBytes, again.peakBytes) - small.peakBytes;
}

interface Bridged {
  readonly rows: number;
  readonly seconds: number;
  readonly peakBytes: number;
}

async function bridged(kind: string, rows: number, { system, url }: Place): Promise<Bridged> {
  const file = join(home, 'mapping.json');
  const fields = { TITLE: 'title', CATEGORY: { value: 'construction' }, STAGE: { value: 'TENDER' }, HTML: 'html' };
  const datasets = [{ dataset: 'BOARD_NOTICE', from: 'hub_notice', key: ['id'], fields }];
  await writeFile(file, JSON.stringify({ version: 1, bridge: 'city-db', system, source: { kind, urlFrom: 'CITY_DB' }, datasets }));
  const env = {
    HUB_DATABASE_URL: hub.url,
    HUB_DATA_DIR: home,
    HUB_PROVINCE_DIR: toyFolder,
    CITY_DB: url,
    NODE_OPTIONS: `--max-old-space-size=${heapMebibytes}`,
  };
  const startedMs = performance.now();
  await using run = runHub(['bridge', 'run', '--once', '--mapping', file], env);
  const [pid = 0] = run.family();
  let peakBytes = 0;
  for (let bytes = Infinity; bytes > 0; await delay(lookMs)) {
    bytes = memoryOf(pid);
    peakBytes = Math.max(peakBytes, bytes);
  }
  const { code, stdout } = await run.ended;
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(`${rows} read:`) });
  return { rows, seconds: Math.round((performance.now() - startedMs) / 100) / 10, peakBytes };
}

function memoryOf(pid: number): number {
  try {
    return pssBytes(pid);
  } catch {
    // It has just ended.
    return 0;
  }
}
