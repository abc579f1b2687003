import { createServer } from 'node:net';

import { type Contract, readContract } from '@hub/schema';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';

import type { SystemStore } from '../graph/context.ts';
import { listenOn } from '../process/listen.ts';
import { countRows } from '../read/page.ts';
import { openTestDatabase } from '../testing/test-database.ts';
import { put, tell } from '../testing/test-records.ts';
import { openTestStore } from '../testing/test-store.ts';

import { openStore } from './store.ts';

const contract = (fields: string): Contract =>
  readContract(`extend schema @contract(name: "toy", version: "1.0.0", edition: "none", title: "玩具")
    type Thing @dataset(code: "THING", key: ["KEY"], why: "A toy.") { ${fields} }`);
const name = 'name: String @wire(code: "NAME", type: "C..200") @visibility(to: PUBLIC)';
const [plain, searched] = [contract(name), contract(`${name} @indexed(order: true)`)];
const more = contract(
  `${name} @indexed(order: true) owner: Party @wire(code: "OWNER", type: "C..200", part: "name") @visibility(to: PUBLIC) @indexed`,
);

/** Names with the numbers that tell whether an index is still the one it was. */
async function indexesOf({ store }: Pick<SystemStore, 'store'>): Promise<Readonly<Record<string, number>>> {
  const found = await sql<{ name: string; oid: number }>`select indexrelid::regclass::text as name, indexrelid::int as oid
    from pg_index where indrelid = 'thing'::regclass`.execute(store.db);
  return Object.fromEntries(found.rows.map(({ name, oid }) => [name, oid] as const));
}

describe('a database follows its contract', () => {
  test('and is read once when nothing changed', async () => {
    await using database = await openTestDatabase();
    const options = { url: database.url, contracts: [plain], poolSize: 1 };
    for (const migrated of [true, false]) {
      await using store = await openStore(options);
      expect(store.migrated).toBe(migrated);
    }
  });

  test('a field that becomes searchable is searched in the records that were there before', async () => {
    await using opened = await openTestStore({ contracts: [plain] });
    const target = opened.system();
    await tell(target, put('THING', 'A', { NAME: '甲' }), put('THING', 'B', { NAME: '乙', OWNER: '丙公司' }));
    const before = await indexesOf(target);
    for (const [contracts, filter, expected] of [
      [[searched], { name: { text: '甲' } }, 1],
      [[more], { name: { text: '乙' }, owner: { name: { text: '丙' } } }, 1],
      // An older contract goes on with the tables of a newer one.
      [[searched], { name: { in: ['乙'] } }, 1],
    ] as const) {
      await using store = await openStore({ url: opened.url, contracts, poolSize: 2 });
      const dataset = store.byType.get('Thing')?.dataset;
      if (dataset === undefined) throw new RangeError('Thing');
      expect(await countRows(store.db, dataset, { system: target.system.code, filter })).toBe(expected);
      const indexes = await indexesOf({ store });
      expect(indexes, 'no index is made anew').toMatchObject(before);
      expect(Object.keys(indexes)).toEqual(expect.arrayContaining(['thing_i_name_asc', 'thing_i_name_desc', 'thing_i_name_grams']));
      expect(await tell({ ...target, store }, put('THING', 'A', { NAME: '甲' }))).toEqual(['UNCHANGED 1']);
    }
  });

  test('more than a thousand rows are filled, of every system', async () => {
    await using opened = await openTestStore({ contracts: [plain] });
    await sql`insert into thing (system, key, id, version, origin, source, received_at, warnings, wire)
      select 's' || n % 2, 'k' || n, n, 1, 'ORIGINAL', '{}', now(), '[]', jsonb_build_object('NAME', '名' || n) from generate_series(1, 2500) n`.execute(
      opened.store.db,
    );
    await using store = await openStore({ url: opened.url, contracts: [searched], poolSize: 2 });
    const filled = await sql<{ rows: number }>`select count(*)::int as rows from thing where i_name = wire->>'NAME'`.execute(store.db);
    expect(filled.rows).toEqual([{ rows: 2500 }]);
  });

  test('several processes that start at once make it once', async () => {
    await using database = await openTestDatabase();
    const options = { url: database.url, contracts: [more], poolSize: 2 };
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(options)));
    const migrated = stores.filter((store) => store.migrated);
    for (const store of stores) await store[Symbol.asyncDispose]();
    expect(migrated).toHaveLength(1);
  });
});

describe('what keeps a store from opening', () => {
  test('no database: DATABASE_UNREACHABLE', async () => {
    const server = createServer();
    const port = await listenOn(server, 0);
    await new Promise((resolve) => server.close(resolve));
    const opening = openStore({ url: `postgresql://nobody:secret@127.0.0.1:${port}/none`, contracts: [plain], poolSize: 1 });
    await expect(opening).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE', message: expect.not.stringContaining('secret') });
  });

  test('seals without a board that tells when they end: CONTRACT_INVALID', async () => {
    const sealed = contract(`${name} lot: String @wire(code: "LOT", type: "C..9") @visibility(to: PUBLIC) @indexed
      secret: String @wire(code: "S", type: "C..9") @visibility(to: PUBLIC) @sealed(until: OPENING, lot: "lot")`);
    await expect(openStore({ url: 'postgresql://127.0.0.1/none', contracts: [sealed], poolSize: 1 })).rejects.toMatchObject({
      code: 'CONTRACT_INVALID',
    });
  });
});

test('what readers are asked ends in time, what writers do takes the time it takes', async () => {
  await using opened = await openTestStore({ contracts: [plain], readTimeoutMs: 2500 });
  const timeout = sql<object>`select current_setting('statement_timeout') as timeout`;
  expect([...(await timeout.execute(opened.store.reading)).rows, ...(await timeout.execute(opened.store.db)).rows]).toEqual([
    { timeout: '2500ms' },
    { timeout: '0' },
  ]);
});

test('feed.md 3: a transaction that waits for its caller is ended', async () => {
  await using opened = await openTestStore({ contracts: [plain] });
  const setting = await sql<object>`select current_setting('idle_in_transaction_session_timeout') as timeout`.execute(opened.store.db);
  expect(setting.rows).toEqual([{ timeout: '15s' }]);
});
