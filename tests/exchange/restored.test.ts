/**
 * A database that was dumped and restored into another cluster goes on: transaction ids begin again there, and no change may
 * sort before what has its position already.
 * @see design/feed.md 2
 */
import { pipeline } from 'node:stream/promises';

import { openAll, openTestDatabase, sequence, stopClock } from '@hub/kit/testing';
import postgres from 'postgres';
import { expect, test } from 'vitest';

import { type FeedSystem, openFeedSystem, put, sequenced } from '../support/feed-system.ts';
import { openOwnCluster } from '../support/own-cluster.ts';

const change = (system: FeedSystem, name: string): Promise<unknown> =>
  system.accept(...Array.from({ length: 5 }, (_, place) => put('PROJECT', `${name}-${place}`, { PROJECT_NAME: name })));
const follow = async (system: FeedSystem, after: string): Promise<readonly (readonly [number, string])[]> =>
  (await system.page({ after })).entries.map(({ position, key }) => [position, key]);
const keysOf = (from: number, ...names: readonly string[]): readonly (readonly [number, string])[] =>
  names.flatMap((name, turn) => Array.from({ length: 5 }, (_, place) => [from + turn * 5 + place, `${name}-${place}`] as const));

test('there and back again: positions, cursors and the epoch go on, and what had no position yet gets one', async () => {
  await using old = await openTestDatabase();
  await using young = await openOwnCluster();
  await using opened = new AsyncDisposableStack();
  const [oldSql, youngSql] = [old, young].map(({ url }) => {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    opened.defer(() => sql.end());
    return sql;
  });
  if (oldSql === undefined || youngSql === undefined) throw new RangeError('two clusters');
  // The old cluster has seen many transactions, the new one few.
  await oldSql`do $$ begin for i in 1 .. 3000 loop perform pg_current_xact_id(); commit; end loop; end $$`;
  const first = opened.use(await openFeedSystem(old.url));
  const second = opened.use(await openFeedSystem(young.url));

  await change(first, 'a');
  await sequenced(oldSql, first, 5);
  const { cursor, epoch } = await first.page({});
  await first.accept(
    put('TENDER_ANN_QUA_INQUERY_ANN', 'a-6', { NOTICE_NAME: '公告', BID_SECTION_CODES: 'L1', BID_OPEN_TIME: '20990101090000' }),
    put('TENDER_LIST', 'sealed', { BID_SECTION_CODE: 'L1' }),
  );
  await change(first, 'b');
  await move(oldSql, youngSql);
  await change(second, 'c');
  await sequenced(youngSql, second, 16);
  expect(await follow(second, cursor)).toEqual([[6, 'a-6'], ...keysOf(7, 'b', 'c')]);
  // What was sealed when the dump was made opens where it was restored.
  await stopClock(second.store.db, '2099-01-01T01:00:00Z');
  await openAll(second.store);
  await sequenced(youngSql, second, 17);

  await change(second, 'd');
  await move(youngSql, oldSql);
  await change(first, 'e');
  await sequenced(oldSql, first, 27);
  expect(await follow(first, cursor)).toEqual([[6, 'a-6'], ...keysOf(7, 'b', 'c'), [17, 'sealed'], ...keysOf(18, 'd', 'e')]);
  expect((await first.page({})).epoch).toBe(epoch);
  expect(await sequence(oldSql, 100)).toBe(0);
  expect(await oldSql`select distinct era from feed order by era`).toEqual([{ era: 1 }, { era: 2 }, { era: 3 }]);
}, 60_000);

/** What a dump and its restore do: every row as it is, and sequences where they were. */
async function move(from: postgres.Sql, to: postgres.Sql): Promise<void> {
  const tables = await from<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  await to.begin(async (db) => {
    await db`set local session_replication_role = replica`;
    for (const { name } of tables) await db`truncate ${db(name)}`;
    for (const { name } of tables) {
      await pipeline(await from`copy ${from(name)} to stdout`.readable(), await db`copy ${db(name)} from stdin`.writable());
    }
    for (const name of ['message', 'outbox', 'sealed_change']) {
      const [last] = await from<{ id: string }[]>`select last_value as id from ${from(`${name}_id_seq`)}`;
      await db`select setval(${`${name}_id_seq`}::regclass, ${last?.id ?? '1'}::bigint)`;
    }
  });
}
