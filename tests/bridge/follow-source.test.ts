/**
 * A source followed while its engineer works on it: a view that is not there, or fails, stops only itself; a changed view and a
 * changed mapping are read again, also when they changed while nobody looked.
 * @see subgraphs/GUIDE.md
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type BridgeCount, followSource } from '@hub/bridge';
import { type TestDatabase, openTestDatabase } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { type BridgeWorld, openBridgeWorld, standingIn } from '../support/bridge-world.ts';

const view = 'create or replace view hub_notice as select id, title, updated_at from notice';
const fields = { TITLE: 'title', CATEGORY: { value: 'construction' }, STAGE: { value: 'TENDER' } };
const since = { column: 'updated_at', overlap: 0 };
const notices = { dataset: 'BOARD_NOTICE', from: 'hub_notice', key: ['id'], since, fields };
const deals = { dataset: 'BOARD_DEAL', from: 'hub_deal', key: ['id'], fields: { LOT_CODE: 'id' } };

let world: BridgeWorld;
let city: TestDatabase;
let sql: postgres.Sql;
let home: string;

beforeAll(async () => {
  [world, city] = [await openBridgeWorld(), await openTestDatabase()];
  sql = postgres(city.url, { max: 1, onnotice: () => {} });
  await sql`create table notice (id int primary key, title text, updated_at timestamptz default now())`;
}, 60_000);
afterAll(async () => {
  await sql.end();
  await world[Symbol.asyncDispose]();
  await city[Symbol.asyncDispose]();
});
beforeEach(async () => {
  world.nextSystem();
  home = await mkdtemp(join(tmpdir(), 'hub-follow-source-'));
  await sql`truncate notice`;
  // Changes alone would be read from the second on.
  await sql`insert into notice values (1, '一', '2026-01-01'), (2, '二', '2026-01-02')`;
  await sql.unsafe(view);
  return () => rm(home, { recursive: true });
});

test('a view that is not there is told and stops only itself; made later, it is read', async () => {
  await sql`drop view if exists hub_deal`;
  await writeMapping([deals, notices]);
  await using followed = follow();
  expect(await followed.told('! BOARD_DEAL CONFIG_INVALID')).toBe(true);
  expect(await followed.told('BOARD_NOTICE 2')).toBe(true);
  await sql`create view hub_deal as select '1'::text as id where false`;
  expect(await followed.told('BOARD_DEAL 0')).toBe(true);
});

test('a view that fails stops only itself', async () => {
  await sql.unsafe(`create or replace view hub_deal as select (1 / (id - id))::text as id from notice`);
  await writeMapping([deals, notices]);
  await using followed = follow();
  expect(await followed.told('! BOARD_DEAL DATABASE_UNREACHABLE')).toBe(true);
  expect(await followed.told('BOARD_NOTICE 2')).toBe(true);
});

test('a changed view is read whole, though no row says that it changed', async () => {
  await writeMapping([notices]);
  await using followed = follow();
  expect(await followed.told('BOARD_NOTICE 2')).toBe(true);
  await sql.unsafe(view.replace('id, title,', "id, title || '（更正）' as title,"));
  expect(await followed.told('BOARD_NOTICE 2')).toBe(true);
  expect(Object.values(await standingIn(world))).toMatchObject([{ TITLE: '一（更正）' }, { TITLE: '二（更正）' }]);
});

test('so is one that changed while nobody looked', async () => {
  await writeMapping([notices]);
  {
    await using before = follow();
    expect(await before.told('BOARD_NOTICE 2')).toBe(true);
  }
  await sql.unsafe(view.replace('id, title,', "id, title || '（改）' as title,"));
  await using after = follow();
  expect(await after.told('BOARD_NOTICE 2')).toBe(true);
});

test('a mapping that is wrong is told, and taken up once it is right', async () => {
  await writeFile(join(home, 'bridge.json'), '{');
  await using followed = follow();
  expect(await followed.told('✗ CONFIG_INVALID')).toBe(true);
  await writeMapping([notices], 'elsewhere');
  expect(await followed.told('✗ CONFIG_INVALID')).toBe(true);
  await writeMapping([notices]);
  expect(await followed.told('BOARD_NOTICE 2')).toBe(true);
});

async function writeMapping(datasets: readonly object[], system = world.target.system.code): Promise<void> {
  const source = { kind: 'postgres', urlFrom: 'CITY_DB' };
  await writeFile(join(home, 'bridge.json'), JSON.stringify({ version: 1, bridge: 'city', system, source, datasets }));
}

interface Followed extends AsyncDisposable {
  /** Resolves with true once these words were told, after what was waited for before; with false when it ended before. */
  told(words: string): Promise<boolean>;
}

function follow(): Followed {
  const controller = new AbortController();
  const words: string[] = [];
  let heard = Promise.withResolvers<void>();
  const tell = (text: string): void => {
    words.push(text);
    heard.resolve();
    heard = Promise.withResolvers();
  };
  const running = followSource({
    target: world.target,
    mappingFile: join(home, 'bridge.json'),
    home,
    env: { CITY_DB: city.url },
    intervalMs: 20,
    nowMs: () => Date.now(),
    signal: controller.signal,
    withdrawMany: false,
    onFinding: () => {},
    onProgress: () => {},
    onEntry: (entry, { stored, unchanged }: BridgeCount) =>
      void (stored + unchanged > 0 && stored === 0 ? undefined : tell(`${entry} ${stored}`)),
    onEntryFailure: (entry, { code }) => tell(`! ${entry} ${code}`),
    onFailure: ({ code }) => tell(`✗ ${code}`),
  });
  return {
    async told(wanted) {
      for (;;) {
        const word = words.shift();
        if (word === wanted) return true;
        if (word !== undefined) continue;
        const hasEnded = await Promise.race([heard.promise.then(() => false), running.then(() => true)]);
        if (hasEnded) return false;
      }
    },
    async [Symbol.asyncDispose]() {
      controller.abort();
      await running;
    },
  };
}
