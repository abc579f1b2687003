/**
 * What the feed of a system costs: giving positions against writing the same rows plainly, the time from a commit to the page
 * that tells it, and a late page against the first. On a durable cluster of its own.
 * @see design/feed.md 2 and 7
 */
import { loadavg } from 'node:os';

import { startSequencer } from '@hub/kit';
import { sequence } from '@hub/kit/testing';
import postgres from 'postgres';
import { expect, test } from 'vitest';

import { openFeedSystem } from '../support/feed-system.ts';
import { openOwnCluster } from '../support/own-cluster.ts';
import { recordFigures } from '../support/results.ts';
import { patience, rounded, spread } from './stopwatch.ts';

const rows = 100_000;
const commits = 400;
/** Pages at either end that are compared. */
const pages = 15;

test('positions, latency and late pages', patience, async () => {
  const loadAtStart = loadavg()[0];
  await using cluster = await openOwnCluster({ durable: true });
  await using system = await openFeedSystem(cluster.url);
  await using opened = new AsyncDisposableStack();
  const sql = postgres(cluster.url, { max: 2, onnotice: () => {} });
  opened.defer(() => sql.end());
  const change = (
    from: number,
    to: number,
  ) => sql`with numbers as (select n from generate_series(${from}::int, ${to}::int) n), versions as (
      insert into record_version (system, dataset, key, version, op, superseded, hash, contract_version, message, source, wire, payload, received_at)
      select ${system.code}, 'PROJECT', n::text, 1, 'put', false, repeat('0', 64), 'c@1', 1, '{"kind":"SYSTEM"}', '{}', repeat('x', 1000), now() from numbers
    ) insert into outbox (system, dataset, key, version, op, hash) select ${system.code}, 'PROJECT', n::text, 1, 'put', repeat('0', 64) from numbers`;

  for (let n = 0; n < rows; n += 1_000) await change(n + 1, n + 1_000);
  await sql`create table plain (like feed including all)`;
  await expect.poll(() => sql`select from outbox where xid >= pg_snapshot_xmin(pg_current_snapshot())`.then(({ count }) => count)).toBe(0);
  const sequencedMs = await timed(async () => {
    while ((await sequence(sql, 5_000)) > 0);
  });
  const plainMs = await timed(async () => {
    for (let n = 0; n < rows; n += 5_000)
      await sql`insert into plain select * from feed where system = ${system.code} and position > ${n} and position <= ${n + 5_000}`;
  });

  const pageMs: number[] = [];
  let last = await system.page({ first: 1 });
  while (last.more) pageMs.push(await timed(async () => (last = await system.page({ first: 1_000, after: last.cursor }))));
  const [first, late] = [spread(pageMs.slice(1, 1 + pages)), spread(pageMs.slice(-pages - 1, -1))];
  const filtered = await timed(() => system.page({ datasets: ['SECTION'] }));

  await using _ = startSequencer({ url: cluster.url, onFault: (cause) => expect.fail(String(cause)) });
  const visible: number[] = [];
  for (let turn = 0; turn < commits; turn += 1) {
    const told = system.page({ after: last.cursor, waitMs: 20_000 });
    await change(rows + turn + 1, rows + turn + 1);
    visible.push(await timed(async () => (last = await told)));
  }
  const commitToPage = spread(visible);
  await recordFigures('feed', {
    loadAtStart,
    rows,
    sequencedPerS: Math.round((rows / sequencedMs) * 1_000),
    plainInsertsPerS: Math.round((rows / plainMs) * 1_000),
    sequencedToPlain: rounded(plainMs / sequencedMs),
    commitToPage,
    firstPagesOf1000: first,
    lastPagesOf1000: late,
    lateToFirst: rounded(late.p50Ms / first.p50Ms),
    pageThatScans10000ForNothingMs: rounded(filtered),
  });
  expect(last.head).toBe(rows + commits);
});

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
