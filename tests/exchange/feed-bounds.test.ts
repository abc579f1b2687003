import { type TestDatabase, migratedForSystems, openTestDatabase } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type FeedSystem, openFeedSystem, put, refusalOf, sequenced, withdraw } from '../support/feed-system.ts';
import { at } from '../support/parse-json.ts';
import { toyProvince } from '../support/toy-province.ts';

let database: TestDatabase;
let sql: postgres.Sql;
let system: FeedSystem;

beforeAll(async () => {
  database = await openTestDatabase(migratedForSystems(await toyProvince()));
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
  system = await openFeedSystem(database.url);
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
  await sql.end();
  await database[Symbol.asyncDispose]();
});

describe('PROTOCOL 13: what is refused', () => {
  const code = async (request: unknown, issuer?: 'gateway' | 'stranger') => refusalOf(await system.ask(request, issuer));

  test('everybody but the exchange', async () => {
    expect(await code({}, 'stranger')).toEqual([401, 'UNAUTHENTICATED']);
    expect(await code({}, 'gateway')).toEqual([403, 'FORBIDDEN']);
  });

  test.each([
    ['no JSON', 'QUERY_INVALID'],
    [[], 'QUERY_INVALID'],
    [{ other: 1 }, 'QUERY_INVALID'],
    [{ snapshot: 1 }, 'QUERY_INVALID'],
    [{ segment: 1 }, 'QUERY_INVALID'],
    [{ segment: 0 }, 'QUERY_INVALID'],
    [{ first: 0 }, 'PAGE_SIZE_INVALID'],
    [{ first: 1001 }, 'PAGE_SIZE_INVALID'],
    [{ after: '' }, 'CURSOR_INVALID'],
    [{ after: 'x'.repeat(200) }, 'CURSOR_INVALID'],
  ])('%j', async (request, expected) => expect(await code(request)).toEqual([400, expected]));

  test('a cursor of another system or filter, or one that was changed', async () => {
    const { cursor } = await system.page({});
    await using other = await openFeedSystem(database.url, { code: 'toy-other' });
    expect(refusalOf(await other.ask({ after: cursor }))).toEqual([400, 'CURSOR_INVALID']);
    expect(await code({ after: cursor, datasets: ['PROJECT'] })).toEqual([400, 'CURSOR_INVALID']);
    const changed = `${cursor.startsWith('A') ? 'B' : 'A'}${cursor.slice(1)}`;
    expect(await code({ after: changed })).toEqual([400, 'CURSOR_INVALID']);
  });
});

describe('feed.md 7: closed segments', () => {
  test('are the same bytes for ever, whatever is written afterwards', async () => {
    const { code } = system;
    const rows = (from: number, to: number) => sql`
      with versions as (
        insert into record_version (system, dataset, key, version, op, superseded, hash, contract_version, message, source, wire, payload, received_at)
        select ${code}, 'PROJECT', 'K' || n % 500, n, 'put', false, 'h' || n, 'c@1', 1, '{"kind":"SYSTEM"}', '{}', '{}', now()
        from generate_series(${from}::int, ${to}::int) n
      ) insert into outbox (system, dataset, key, version, op, hash)
      select ${code}, 'PROJECT', 'K' || n % 500, n, 'put', 'h' || n from generate_series(${from}::int, ${to}::int) n`;
    await system.accept(put('TENDER_LIST', 'sealed', { BID_SECTION_CODE: 'L1' }));
    await rows(1, 9_999);
    await sequenced(sql, system, 9_999);
    expect((await system.ask({ segment: 1 })).status).toBe(400);
    await rows(10_000, 10_010);
    await sequenced(sql, system, 10_010);
    const closed = await system.ask({ segment: 1 });
    const positions = closed.text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => at(JSON.parse(line), 'position'));
    expect(positions).toEqual(Array.from({ length: 10_000 }, (_, place) => place + 1));
    expect(closed.text).not.toContain('sealed');
    expect(closed.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    const after = await system.page({ after: closed.headers.get('hub-feed-cursor'), first: 1 });
    expect([after.scanned, closed.headers.get('hub-feed-epoch')]).toEqual([{ from: 10_001, to: 10_001 }, after.epoch]);
    await system.accept(withdraw('PROJECT', 'K7'), put('PROJECT', 'P', { PROJECT_NAME: '甲' }));
    expect((await system.ask({ segment: 1 })).text).toBe(closed.text);
    const [line = ''] = closed.text.split('\n');
    expect((await system.page({ first: 1 })).entries.map((entry) => JSON.stringify(entry))).toEqual([line]);
    await sequenced(sql, system, 10_011);
    await expect(sql`update outbox set hash = 'x' where system = ${code}`).rejects.toThrow('outbox is never altered');
  });
});

describe('feed.md 6: an epoch ends only when a restore lost data', () => {
  test('a cursor of what is no more is refused, and with it every other cursor of the store', async () => {
    const early = await system.page({ first: 5 });
    await system.accept(put('PROJECT', 'lost', { PROJECT_NAME: '甲' }));
    const head = early.head + 1;
    await sequenced(sql, system, head);
    const late = await system.page({ snapshot: true });
    await sql.begin(async (db) => {
      // What a restore of an earlier backup does: the last change is gone, and another takes its position.
      await db`set local session_replication_role = replica`;
      await db`delete from feed where system = ${system.code} and position = ${head}`;
      await db`delete from outbox where key = 'lost'`;
    });
    expect((await system.page({ after: early.cursor })).epoch).toBe(early.epoch);
    await system.accept(put('PROJECT', 'other', { PROJECT_NAME: '乙' }));
    await sequenced(sql, system, head);
    expect(refusalOf(await system.ask({ after: late.cursor }))).toEqual([409, 'EPOCH_CHANGED']);
    expect(refusalOf(await system.ask({ after: early.cursor }))).toEqual([409, 'EPOCH_CHANGED']);
    const again = await system.page({});
    expect([again.epoch === early.epoch, again.head]).toEqual([false, head]);
    expect((await system.page({ after: again.cursor })).epoch).toBe(again.epoch);
  });
});
