/**
 * What is sealed has no position before its milestone: not in pages, snapshots or segments, for nobody, so that no copy of a feed
 * has a seal to keep. Then it comes, whole and in order.
 * @see schema/PROTOCOL.md 13
 */
import { type TestDatabase, migratedForSystems, openAll, openTestDatabase, stopClock } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { type FeedSystem, entriesOf, openFeedSystem, put, sequenced, withdraw } from '../support/feed-system.ts';
import { toyProvince } from '../support/toy-province.ts';

const secret = '某投标人有限公司';
const [before, at, after] = ['2026-09-02T00:59:59.999Z', '2026-09-02T01:00:00.000Z', '2026-09-03T01:00:00.000Z'];
const [now, later] = ['20260902090000', '20260903090000'];

let database: TestDatabase;
let sql: postgres.Sql;
let system: FeedSystem;
let systems = 0;

beforeAll(async () => {
  database = await openTestDatabase(migratedForSystems(await toyProvince()));
  sql = postgres(database.url, { max: 3, onnotice: () => {} });
});
beforeEach(async () => {
  system = await openFeedSystem(database.url, { code: `toy-${(systems += 1)}` });
  await stopClock(system.store.db, before);
});
afterEach(() => system[Symbol.asyncDispose]());
afterAll(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

type Fields = Readonly<Record<string, string>>;
const opening = (time: string, key = 'N', lots = 'L1') =>
  put('TENDER_ANN_QUA_INQUERY_ANN', key, { NOTICE_NAME: '公告', BID_SECTION_CODES: lots, BID_OPEN_TIME: time });
const bid = (fields: Fields = {}, key = 'B') => put('TENDER_LIST', key, { BID_SECTION_CODE: 'L1', BIDDER_NAME: secret, ...fields });
const evaluator = put('BID_EVALUATION_EXPERT', 'E', { BID_SECTION_CODE: 'L1', EXPERT_NAME: secret });
const award = put('WIN_RESULT_ANNO', 'W', { NOTICE_NAME: '结果', BID_SECTION_CODE: 'L1', NOTICE_SEND_TIME: later });

/** The clock goes on, and the opener looks. */
async function clockAt(instant: string): Promise<void> {
  await stopClock(system.store.db, instant);
  await openAll(system.store);
}

/** `KEY VERSION OP` of every change, from position 1 on without a gap; the snapshot must be of the same changes. */
async function told(head: number): Promise<readonly string[]> {
  await sequenced(sql, system, head);
  const entries = entriesOf(await system.follow({}));
  expect(entries.map(({ position }) => position)).toEqual(entries.map((_, place) => place + 1));
  const standing = new Map(entries.map((entry) => [`${entry.dataset} ${entry.key}`, entry]));
  const kept = [...standing.values()].filter(({ op }) => op === 'put').toSorted((a, b) => a.position - b.position);
  expect(entriesOf(await system.follow({ snapshot: true }))).toEqual(kept);
  return entries.map(({ key, version, op }) => `${key} ${version} ${op}`);
}

describe('PROTOCOL 13: a sealed change has no position before its milestone', () => {
  test('put, changed and withdrawn before the opening: nothing is told, then all of it in order', async () => {
    await system.accept(opening(now));
    await system.accept(bid());
    await system.accept(bid({ BID_MANAGER: '张三' }), bid({}, 'C'));
    await system.accept(withdraw('TENDER_LIST', 'B'));
    await clockAt(before);
    expect(await told(1)).toEqual(['N 1 put']);
    for (const request of [{}, { snapshot: true }, { datasets: ['TENDER_LIST'] }, { categories: ['construction'], snapshot: 1 }]) {
      const { text } = await system.ask(request);
      expect(text).not.toMatch(new RegExp(`${secret}|TENDER_LIST`));
    }
    await clockAt(at);
    expect(await told(5)).toEqual(['N 1 put', 'B 1 put', 'B 2 put', 'C 1 put', 'B 3 withdraw']);
    expect(JSON.stringify(await system.follow({ snapshot: true }))).toContain(secret);
  });

  test('of a standing version that is sealed, the snapshot has the one before', async () => {
    const board = { LOT_CODE: 'L1', CATEGORY: 'construction', DIRECTION: 'PUBLIC_PAYS', STATE: 'PENDING', OPENS_AT: now };
    const deal = (fields: Fields) => put('BOARD_DEAL', 'D', { ...board, ...fields });
    await system.accept(deal({}), deal({ BIDDER_COUNT: '3' }));
    expect(await told(1)).toEqual(['D 1 put']);
    const { entries } = await system.page({ snapshot: true, datasets: ['BOARD_DEAL'] });
    expect(entries.map(({ version, payload }) => [version, payload.includes('BIDDER_COUNT')])).toEqual([[1, false]]);
    await clockAt(at);
    expect(await told(2)).toEqual(['D 1 put', 'D 2 put']);
    const [stands] = (await system.page({ snapshot: true, datasets: ['BOARD_DEAL'] })).entries;
    expect([stands?.version, stands?.payload.includes('"BIDDER_COUNT":"3"')]).toEqual([2, true]);
  });

  test('a postponed opening postpones it', async () => {
    await system.accept(opening(now), bid());
    await system.accept(opening(later, 'N2'));
    await clockAt(at);
    expect(await told(2)).toEqual(['N 1 put', 'N2 1 put']);
    await clockAt(after);
    expect(await told(3)).toEqual(['N 1 put', 'N2 1 put', 'B 1 put']);
  });

  test('what waits for the result waits on after the opening', async () => {
    await system.accept(opening(now), bid(), evaluator);
    await clockAt(at);
    expect(await told(2)).toEqual(['N 1 put', 'B 1 put']);
    await stopClock(system.store.db, after);
    await system.accept(award);
    await clockAt(after);
    expect(await told(4)).toEqual(['N 1 put', 'B 1 put', 'W 1 put', 'E 1 put']);
  });

  test('a version that comes between the end of the seal and the opener comes after the one that waited', async () => {
    await system.accept(opening(now), bid());
    await stopClock(system.store.db, at);
    await system.accept(bid({ BID_MANAGER: '张三' }));
    expect(await told(3)).toEqual(['N 1 put', 'B 1 put', 'B 2 put']);
  });

  test('what a batch seals and opens at once does not wait; nor does what is said after the opening', async () => {
    await stopClock(system.store.db, at);
    await system.accept(bid(), opening(now));
    await system.accept(bid({}, 'C'));
    await system.accept(withdraw('TENDER_LIST', 'C'));
    expect(await told(4)).toEqual(['N 1 put', 'B 1 put', 'C 1 put', 'C 2 withdraw']);
  });

  test('a lot that was named wrongly holds nothing back for ever: that version is never told', async () => {
    await system.accept(opening(now), bid({ BID_SECTION_CODE: 'L9' }), bid({ BID_SECTION_CODE: '' }, 'C'));
    await system.accept(bid(), bid({}, 'C'));
    await clockAt(before);
    expect(await told(1)).toEqual(['N 1 put']);
    await clockAt(at);
    expect(await told(3)).toEqual(['N 1 put', 'B 2 put', 'C 2 put']);
    expect(await waiting()).toBe(0);
    // In one batch, too.
    await system.accept(bid({ BID_SECTION_CODE: 'L9' }, 'D'), bid({}, 'D'));
    await openAll(system.store);
    expect(await told(4)).toEqual(['N 1 put', 'B 2 put', 'C 2 put', 'D 2 put']);
  });

  test('a lot of which nobody knows when it opens keeps its bids, whatever comes after them', async () => {
    await system.accept(
      bid({ BID_SECTION_CODE: '' }),
      bid({}, 'C'),
      withdraw('TENDER_LIST', 'C'),
      put('SECTION', 'S', { BID_SECTION_CODE: 'L2' }),
    );
    await clockAt(after);
    expect(await told(1)).toEqual(['S 1 put']);
    expect(await waiting()).toBe(3);
  });

  test('a session killed while it opens leaves all of it where it was; the next one goes on', async () => {
    await system.accept(opening(now), bid(), bid({}, 'C'));
    await stopClock(system.store.db, at);
    await sql`create or replace function stop_here() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock(4711); return null; end $$`;
    await sql`create trigger stop_here after insert on outbox for each row execute function stop_here()`;
    const holder = await sql.reserve();
    await holder`select pg_advisory_lock(4711)`;
    const killed = openAll(system.store).catch(String);
    await expect.poll(async () => (await stopped()).count).toBe(1);
    await sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 4711 and not granted
      and database = (select oid from pg_database where datname = current_database())`;
    expect(await killed).toContain('terminat');
    await holder`select pg_advisory_unlock(4711)`;
    holder.release();
    await sql`drop trigger stop_here on outbox`;
    expect([await told(1), await waiting()]).toEqual([['N 1 put'], 2]);
    await Promise.all([openAll(system.store), openAll(system.store)]);
    expect([await told(3), await waiting()]).toEqual([['N 1 put', 'B 1 put', 'C 1 put'], 0]);
  });

  test('one that is refused by the guard: a version that neither waits nor is told', async () => {
    await system.accept(opening(now), bid());
    await expect(sql`with gone as (delete from sealed_change where system = ${system.code})
      update record_version set superseded = false where system = ${system.code} and dataset = 'TENDER_LIST'`).rejects.toThrow(
      'has no outbox row',
    );
  });
});

const stopped = () => sql`select from pg_locks where locktype = 'advisory' and objid = 4711 and not granted
  and database = (select oid from pg_database where datname = current_database())`;
const waiting = async (): Promise<number> => (await sql`select from sealed_change where system = ${system.code}`).count;
