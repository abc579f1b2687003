import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { sql } from 'kysely';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { someInstant } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened[Symbol.asyncDispose]());

const version = (system: string, superseded = false) => sql`insert into record_version
  (system, dataset, key, version, op, superseded, hash, contract_version, message, source, wire, received_at)
  select ${system}, 'PROJECT', 'K' || n, 1, 'put', ${superseded}, 'h', 'c', 1, '{}', '{}', now() from generate_series(1, 500) n`;

describe('feed.md 1: the database refuses a version without its outbox row', () => {
  test('written in bulk, past every function of the kit', async () => {
    const { store, system } = opened.system();
    await expect(version(system.code).execute(store.db)).rejects.toThrow('has no outbox row');
    const left = await sql<{ rows: number }>`select count(*)::int as rows from record_version where system = ${system.code}`.execute(
      store.db,
    );
    expect(left.rows).toEqual([{ rows: 0 }]);
  });

  test('at commit, so that the outbox row may come after the version', async () => {
    const { store, system } = opened.system();
    await store.db.transaction().execute(async (db) => {
      await version(system.code).execute(db);
      await sql`insert into outbox (system, dataset, key, version, op, hash)
        select system, dataset, key, version, op, hash from record_version where system = ${system.code}`.execute(db);
    });
    const half = store.db.transaction().execute(async (db) => {
      await version(`${system.code}-half`).execute(db);
      await sql`insert into outbox (system, dataset, key, version, op, hash)
        select system, dataset, key, version, op, hash from record_version
        where system = ${`${system.code}-half`} and key <> 'K7'`.execute(db);
    });
    await expect(half).rejects.toThrow(`version 1 of ${system.code}-half/PROJECT/K7 has no outbox row`);
  });

  test('by COPY', async () => {
    const { store, system } = opened.system();
    const client = postgres(opened.url, { max: 1 });
    const row = [system.code, 'PROJECT', 'K', '1', 'put', 'f', 'h', 'c', '1', '{}', '{}', someInstant].join('\t');
    try {
      const copied = client.begin(async (db) => {
        const rows = await db`copy record_version (system, dataset, key, version, op, superseded, hash, contract_version, message,
          source, wire, received_at) from stdin`.writable();
        await pipeline(Readable.from([`${row}\n`]), rows);
      });
      await expect(copied).rejects.toThrow('has no outbox row');
    } finally {
      await client.end();
    }
    const left = await sql<{ rows: number }>`select count(*)::int as rows from record_version where system = ${system.code}`.execute(
      store.db,
    );
    expect(left.rows).toEqual([{ rows: 0 }]);
  });

  test('when history is declared a change afterwards', async () => {
    const { store, system } = opened.system();
    await version(system.code, true).execute(store.db);
    const declare = sql`update record_version set superseded = false where system = ${system.code} and key = 'K1'`.execute(store.db);
    await expect(declare).rejects.toThrow('has no outbox row');
  });

  test('superseded versions are history and need none', async () => {
    const { store, system } = opened.system();
    await expect(version(system.code, true).execute(store.db)).resolves.toBeDefined();
  });
});
