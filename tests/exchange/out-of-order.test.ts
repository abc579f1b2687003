/**
 * Commits out of order: nothing missed, nothing repeated; and the ways of others miss, in this very test.
 * @see design/feed.md
 */
import { setTimeout as after } from 'node:timers/promises';

import { startSequencer } from '@hub/kit';
import { sequence } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { dice } from '../support/dice.ts';
import { type FeedSystem, openFeedSystem } from '../support/feed-system.ts';
import { type OwnCluster, openOwnCluster } from '../support/own-cluster.ts';
import { recordFigures } from '../support/results.ts';
import { generatedMs, proving, sizeOf } from '../support/sizes.ts';
import { type FeedReader, byFenceAndSequence, byPosition, bySequence, byWatermark } from './feed-readers.ts';

const writers = 20;
const rows = sizeOf({ test: 1_000, prove: 30_000 });
const seeds = proving ? [1, 2, 3, 4, 5] : [1];
const lookMs = 10;
const figures: Record<string, unknown> = {};

let cluster: OwnCluster;
let system: FeedSystem;
let sql: postgres.Sql;

beforeAll(async () => {
  cluster = await openOwnCluster();
  system = await openFeedSystem(cluster.url);
  sql = postgres(cluster.url, { max: writers + 8, onnotice: () => {} });
});
afterAll(async () => {
  await recordFigures('out-of-order', { writers, ...figures });
  await sql.end();
  await system[Symbol.asyncDispose]();
  await cluster[Symbol.asyncDispose]();
});

// The watermark first: it looks at nothing older than what it saw.
describe('by hand: each of the other ways loses a row, the hub’s does not', () => {
  test('a watermark of a second: a transaction that takes longer', async () => {
    const told = await toldBy(byWatermark(sql), async (a, b) => {
      await insert(a, 'slow', '2 seconds');
      await insert(b, 'quick', '1.9 seconds');
      await b`commit`;
      return a;
    });
    expect(told).toEqual({ theirs: ['quick'], ours: ['quick', 'slow'] });
  });

  test('a sequence cursor: a number is given, and committed after the next', async () => {
    const told = await toldBy(bySequence(sql), async (a, b) => {
      await insert(a, 'first');
      await insert(b, 'second');
      await b`commit`;
      return a;
    });
    expect(told).toEqual({ theirs: ['second'], ours: ['first', 'second'] });
  });

  test('a fence ordered by sequence: the later transaction has the lower number', async () => {
    const told = await toldBy(byFenceAndSequence(sql), async (a, b) => {
      await a`select pg_current_xact_id()`;
      await insert(b, 'later');
      await insert(a, 'earlier');
      await a`commit`;
      return b;
    });
    expect(told).toEqual({ theirs: ['earlier'], ours: ['earlier', 'later'] });
  });
});

describe.each(seeds)('20 writers, mixed durations, one in 33 rolled back (seed %i)', (seed) => {
  test('no change is missed or repeated, and positions are dense', { timeout: generatedMs }, async () => {
    await using _ = startSequencer({ url: cluster.url, onFault: (cause) => expect.fail(String(cause)) });
    const readers = {
      byPosition: byPosition(sql),
      bySequence: bySequence(sql),
      byWatermark: byWatermark(sql),
      byFenceAndSequence: byFenceAndSequence(sql),
    };
    await Promise.all(Object.values(readers).map((read) => read()));
    const before = new Set((await sql<{ id: string }[]>`select id from outbox`).map(({ id }) => id));
    const writing = new AbortController();
    const following = Object.entries(readers).map(async ([name, read]) => [name, await follow(read, writing.signal)] as const);
    await Promise.all(Array.from({ length: writers }, (_each, writer) => write(seed, writer)));
    const committed = (await sql<{ id: string }[]>`select id from outbox`).map(({ id }) => id).filter((id) => !before.has(id));
    await expect.poll(async () => (await sql`select from feed`).count, { timeout: 20_000 }).toBe(before.size + committed.length);
    // The watermark's second is over, too.
    await expect
      .poll(async () => (await sql`select from record_version where received_at > clock_timestamp() - interval '1.2 seconds'`).count, {
        timeout: 20_000,
      })
      .toBe(0);
    writing.abort();
    const lost = Object.fromEntries((await Promise.all(following)).map(([name, seen]) => [name, judge(seen, committed, before)]));
    figures[`seed ${seed}`] = { rows: committed.length, ...lost };
    expect(lost['byPosition']).toEqual({ missed: 0, repeated: 0 });
    expect(await gaps()).toEqual([]);
    for (const name of ['bySequence', 'byWatermark', 'byFenceAndSequence']) {
      expect(lost[name]?.missed).toBeGreaterThan(0);
    }
  });
});

/**
 * Two transactions, one of which has committed when both ways read for the first time, and the other when they read again.
 * @param act - Returns the one that is still open.
 * @returns Keys that each way told, sorted.
 */
async function toldBy(
  read: FeedReader,
  act: (a: postgres.ReservedSql, b: postgres.ReservedSql) => Promise<postgres.ReservedSql>,
): Promise<Readonly<Record<'theirs' | 'ours', readonly string[]>>> {
  const [ours, theirs]: [string[], string[]] = [[], []];
  const own = byPosition(sql);
  const look = async (): Promise<void> => {
    await sequence(sql, 100_000);
    theirs.push(...(await keysOf(await read())));
    ours.push(...(await keysOf(await own())));
  };
  await look();
  const before = [ours.length, theirs.length];
  await using opened = new AsyncDisposableStack();
  const [a, b] = [await sql.reserve(), await sql.reserve()];
  opened.defer(() => [a, b].forEach((one) => one.release()));
  await Promise.all([a`begin`, b`begin`]);
  const open = await act(a, b);
  await look();
  await open`commit`;
  await look();
  return { theirs: theirs.slice(before[1]).toSorted(), ours: ours.slice(before[0]).toSorted() };
}

async function keysOf(ids: readonly string[]): Promise<readonly string[]> {
  const rows = await sql<{ key: string }[]>`select key from outbox where id = any(${[...ids]}::bigint[])`;
  return rows.map(({ key }) => key);
}

async function insert(db: postgres.Sql, key: string, ago = '0 seconds'): Promise<void> {
  await db`with version as (
      insert into record_version (system, dataset, key, version, op, superseded, hash, contract_version, message, source, wire, payload, received_at)
      select ${system.code}, 'PROJECT', ${key}, coalesce(max(version), 0) + 1, 'put', false, 'h', 'c@1', 1, '{}', '{}', '{}', clock_timestamp() - ${ago}::interval
      from record_version where system = ${system.code} and dataset = 'PROJECT' and key = ${key}
      returning system, dataset, key, version, op, hash
    ) insert into outbox (system, dataset, key, version, op, hash) select * from version`;
}

/** One writer: transactions of several inserts with pauses between them; some long, some that come to nothing. */
async function write(seed: number, writer: number): Promise<void> {
  const thrown = dice(seed * 1_000 + writer);
  for (let written = 0; written < rows / writers;) {
    const inserts = 1 + thrown.int(9);
    const pauses = Array.from({ length: inserts }, () =>
      thrown.chance(0.01) ? 1.3 : thrown.chance(0.2) ? thrown.int(40) / 1_000 : thrown.int(4) / 1_000,
    );
    const keeps = !thrown.chance(0.03);
    const own = `toy-${thrown.int(3)}`;
    await sql
      .begin(async (db) => {
        for (const [place, pause] of pauses.entries()) {
          await db`with version as (
              insert into record_version (system, dataset, key, version, op, superseded, hash, contract_version, message, source, wire, payload, received_at)
              values (${own}, 'PROJECT', ${`${seed}-${writer}-${written}-${place}`}, 1, 'put', false, 'h', 'c@1', 1, '{}', '{}', '{}', clock_timestamp())
              returning system, dataset, key, version, op, hash
            ) insert into outbox (system, dataset, key, version, op, hash) select * from version`;
          await db`select pg_sleep(${pause})`;
        }
        if (!keeps) throw rolledBack;
      })
      .catch((cause: unknown) => {
        if (cause !== rolledBack) throw cause;
      });
    written += keeps ? inserts : 0;
  }
}

const rolledBack = new Error('rolled back');

async function follow(read: FeedReader, until: AbortSignal): Promise<readonly string[]> {
  const seen: string[] = [];
  while (!until.aborted) {
    seen.push(...(await read()));
    await after(lookMs);
  }
  return [...seen, ...(await read())];
}

interface Lost {
  readonly missed: number;
  readonly repeated: number;
}

function judge(seen: readonly string[], committed: readonly string[], before: ReadonlySet<string>): Lost {
  const told = seen.filter((id) => !before.has(id));
  const once = new Set(told);
  return { missed: committed.filter((id) => !once.has(id)).length, repeated: told.length - once.size };
}

/** Systems whose positions are not 1, 2, 3 … */
async function gaps(): Promise<readonly unknown[]> {
  return sql`select system from feed group by system having min(position) <> 1 or max(position) <> count(*)`;
}
