/**
 * From the commit in a city to the page of the hub's feed that tells it, at 500 records a second: city, harvest and reader are
 * processes of their own, on durable clusters. A city has its own cluster in service; in the demonstration all share one, where
 * the city's open transactions hold back the hub's feed too (design/feed.md 3). Beside it, a row that is committed and seen by
 * another connection that looks.
 * @see issue 5 «Benchmarks»; design/feed.md 2
 */
import { loadavg } from 'node:os';

import { openExchangeStore, readHubPage } from '@hub/exchange';
import { openFakeRegistry } from '@hub/exchange/testing';
import { privateJwkOf } from '@hub/kit/process';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { exchangeKey } from '../support/gateway-key.ts';
import { openOwnCluster } from '../support/own-cluster.ts';
import { startProgram } from '../support/program.ts';
import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { patience, rounded, spread } from './stopwatch.ts';

const rounds = 3;
const rate = { perSecond: 500, perCommit: 25, seconds: 10 };
const records = rate.perSecond * rate.seconds;
const lookMs = 5;
const commits = z.object({ commits: z.array(z.object({ keys: z.array(z.string()), atMs: z.number() })), tookMs: z.number() });

test('commit to the hub’s feed, at 500 records a second: p50 100 ms, p99 1 s', patience, async () => {
  const loadAtStart = loadavg()[0];
  await using hub = await openOwnCluster({ durable: true });
  await using city = await openOwnCluster({ durable: true });
  const [apart, together]: [Run[], Run[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    apart.push(await run(await city.database(`city${round}`), await hub.database(`apart${round}`)));
    together.push(await run(await hub.database(`city${round}`), await hub.database(`together${round}`)));
  }
  expect([apart.length, together.length]).toEqual([rounds, rounds]);
  const floor = await seenByAnother(hub.url);
  const one = { ...middles(together), runs: together };
  await recordFigures('commit-to-hub', { loadAtStart, ...rate, aims, clusters: 2, ...middles(apart), runs: apart, floor, oneCluster: one });
});

const aims = { p50Ms: 100, p99Ms: 1_000 };

function middles(runs: readonly Run[]): object {
  const middle = (of: (run: Run) => number): number => rounded(spread(runs.map(of)).p50Ms);
  const writtenPerSecond = middle(({ tookMs }) => (records / tookMs) * 1_000);
  return { p50Ms: middle(({ p50Ms }) => p50Ms), p99Ms: middle(({ p99Ms }) => p99Ms), writtenPerSecond };
}

interface Run {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly tookMs: number;
}

async function run(cityUrl: string, databaseUrl: string): Promise<Run> {
  await using city = await startProgram(`${root}/tests/bench/city-process.ts`, {
    order: { databaseUrl: cityUrl, trusted: exchangeKey.publicJwk },
    ready: z.object({ code: z.string(), url: z.string() }),
  });
  await using registry = await openFakeRegistry();
  registry.publish([city.ready]);
  await using hub = await startProgram(`${root}/tests/bench/harvest-process.ts`, {
    order: { databaseUrl, registry: { origin: registry.origin, publicKeys: registry.publicKeys }, key: privateJwkOf(exchangeKey), records },
    ready: z.object({ open: z.literal(true) }),
  });
  const harvested = hub.ask({ go: true }, z.object({ ms: z.number() }));
  await using store = await openExchangeStore(databaseUrl, { poolSize: 1 });
  const written = city.ask(rate, commits);
  const seen = new Map<string, number>();
  for (let cursor: string | undefined; seen.size < records;) {
    const page = await readHubPage(store, { first: 1_000, ...(cursor === undefined ? {} : { after: cursor }) });
    const atMs = performance.timeOrigin + performance.now();
    for (const { line } of page.entries) seen.set(entry.parse(JSON.parse(line)).key, atMs);
    ({ cursor } = page);
    if (page.entries.length === 0) await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  await harvested;
  const { commits: told, tookMs } = await written;
  const timesMs = told.flatMap(({ keys, atMs }) => keys.map((key) => (seen.get(key) ?? Number.NaN) - atMs));
  expect([timesMs.length, timesMs.some(Number.isNaN)]).toEqual([records, false]);
  const sorted = timesMs.toSorted((one, other) => one - other);
  const at = (share: number): number => rounded(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
  return { p50Ms: at(0.5), p99Ms: at(0.99), tookMs: rounded(tookMs) };
}

const entry = z.object({ key: z.string() });

/** What the machine itself takes: one row, durable, until another connection sees it. */
async function seenByAnother(url: string): Promise<object> {
  const [writer, reader] = [postgres(url, { max: 1, onnotice: () => {} }), postgres(url, { max: 1, onnotice: () => {} })];
  try {
    await writer`create table floor (position int primary key, body text)`;
    const timesMs: number[] = [];
    for (let position = 1; position <= 300; position++) {
      await writer`insert into floor values (${position}, ${'x'.repeat(1_000)})`;
      const startedMs = performance.now();
      while ((await reader`select body from floor where position = ${position}`).count === 0);
      timesMs.push(performance.now() - startedMs);
    }
    return spread(timesMs);
  } finally {
    await Promise.all([writer.end(), reader.end()]);
  }
}
