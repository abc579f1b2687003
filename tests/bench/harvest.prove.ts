/**
 * From the feeds of systems into the journal, checked: records a second, beside PostgreSQL's own copy of the very rows. The feeds
 * are another process, on pages made before; the database is durable.
 * @see issue 5 «Benchmarks»; design/feed.md 8
 */
import { loadavg } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { openFakeRegistry } from '@hub/exchange/testing';
import { privateJwkOf } from '@hub/kit/process';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { exchangeKey } from '../support/gateway-key.ts';
import { openOwnCluster } from '../support/own-cluster.ts';
import { cpuMsOfAll, parentOf } from '../support/process-usage.ts';
import { startProgram } from '../support/program.ts';
import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { patience, rounded, spread } from './stopwatch.ts';

const rounds = 3;
const aim = 5_000;
const order = { systems: 8, scale: 4 };
const feeds = z.object({ feeds: z.array(z.object({ code: z.string(), head: z.number(), url: z.string() })) });
const key = privateJwkOf(exchangeKey);
const told = z.object({ ms: z.number(), cpuMs: z.number() });

test('harvest to journal, checked: 5,000 records a second', patience, async () => {
  const loadAtStart = loadavg()[0];
  await using systems = await startProgram(`${root}/tests/bench/kept-feeds-process.ts`, { order, ready: feeds });
  await using registry = await openFakeRegistry();
  registry.publish(systems.ready.feeds);
  const records = systems.ready.feeds.reduce((sum, { head }) => sum + head, 0);
  await using cluster = await openOwnCluster({ durable: true });
  const runs: (z.infer<typeof told> & { readonly postgresCpuMs: number; readonly floorMs: number; readonly states: unknown })[] = [];
  for (let round = 0; round < rounds; round++) {
    const database = await cluster.database(`round${round}`);
    await using opened = new AsyncDisposableStack();
    const sql = postgres(database, { max: 1, onnotice: () => {} });
    opened.defer(() => sql.end());
    const program = opened.use(
      await startProgram(`${root}/tests/bench/harvest-process.ts`, {
        order: { databaseUrl: database, registry: { origin: registry.origin, publicKeys: registry.publicKeys }, key, records },
        ready: z.object({ open: z.literal(true) }),
      }),
    );
    const [{ pid } = { pid: 0 }] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const before = cpuMsOfAll(parentOf(pid));
    const harvested = await program.ask({ go: true }, told);
    const postgresCpuMs = cpuMsOfAll(parentOf(pid)) - before;
    const states = await sql`select state, count(*)::int as count from exchange.change group by state order by state`;
    runs.push({ ...harvested, postgresCpuMs, states, floorMs: await copyFloorMs(sql) });
    expect(states.reduce((sum, { count }) => sum + Number(count), 0)).toBe(records);
  }
  const middle = (of: (run: (typeof runs)[number]) => number): number => spread(runs.map(of)).p50Ms;
  const perSecond = (ms: number): number => Math.round((records / ms) * 1_000);
  const perTenThousand = (ms: number): number => rounded((ms / records) * 10_000);
  const [rate, floor] = [perSecond(middle(({ ms }) => ms)), perSecond(middle(({ floorMs }) => floorMs))];
  await recordFigures('harvest', {
    loadAtStart,
    systems: order.systems,
    records,
    states: runs[0]?.states,
    recordsPerSecond: rate,
    aim,
    shareOfAim: rounded(rate / aim),
    rates: runs.map(({ ms }) => perSecond(ms)),
    copyFloorPerSecond: floor,
    shareOfFloor: rounded(rate / floor),
    nodeCpuMsPer10000: perTenThousand(middle(({ cpuMs }) => cpuMs)),
    postgresCpuMsPer10000: perTenThousand(middle(({ postgresCpuMs }) => postgresCpuMs)),
  });
});

/** PostgreSQL's own copy of the rows into a table with the same indexes. */
async function copyFloorMs(sql: postgres.Sql): Promise<number> {
  const rows = await (await sql`copy exchange.change to stdout`.readable()).toArray();
  await sql`create table floor (like exchange.change including all)`;
  const startedMs = performance.now();
  await pipeline(Readable.from(rows), await sql`copy floor from stdin`.writable());
  return performance.now() - startedMs;
}
