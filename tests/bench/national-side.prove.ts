/**
 * How fast the nation is served and how fast it takes, each beside what the machine itself does in the same run: the same rows
 * copied out by PostgreSQL alone, the same keyset read without a hub.
 * @see design/feed.md 7 and 8
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { openHub, openSigner } from '@hub/consumer';
import { readFeedState } from '@hub/exchange';
import { openTestDatabase } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { startProgram } from '../support/program.ts';
import { root } from '../support/repository.ts';
import { type HubFeed, hubLines, openHubFeed, readKeyset } from '../support/hub-feed.ts';
import { recordFigures } from '../support/results.ts';
import { sizeOf } from '../support/sizes.ts';

const opened = new AsyncDisposableStack();
const records = sizeOf({ test: 20_000, prove: 200_000 });
const deep = sizeOf({ test: 30_000, prove: 5_000_000 });
/** About as long as an ordinary record. */
const words = '示例道路工程施工与监理，含路基、路面、桥涵与交通安全设施。'.repeat(9);
const figures: Record<string, unknown> = { records, deepPosition: deep };
let hub: HubFeed;

beforeAll(async () => {
  hub = opened.use(await openHubFeed());
  const batch = 10_000;
  for (let from = 1; from <= records; from += batch) {
    await hub.add(Array.from({ length: batch }, (_, at) => ({ key: `R${from + at}`, fields: { TENDER_PROJECT_NAME: words } })));
  }
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await hub.close();
  delay.disable();
  figures['closing'] = { segments: records / 10_000, longestPauseMs: delay.max / 1e6, aimMs: 50 };
}, 1_800_000);
afterAll(async () => {
  await recordFigures('national-side', figures);
  await opened.disposeAsync();
});

function hubOf(): ReturnType<typeof openHub> {
  return openHub({ url: hub.origin, signer: openSigner(hub.nationKey, { issuer: 'nation', audience: 'exchange' }) });
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return Math.round((count / (performance.now() - startedMs)) * 1_000);
}

/** PostgreSQL's own copy of the same lines, to nobody. */
async function copyFloor(): Promise<number> {
  const sql = postgres(hub.exchange.store.url, { max: 1 });
  try {
    return await perSecond(records, async () => {
      const source = await sql.unsafe(`copy (${hubLines}) to stdout`).readable();
      source.resume();
      await new Promise((resolve) => source.once('end', resolve));
    });
  } finally {
    await sql.end();
  }
}

/** Rounds of which the middle one counts. */
const rounds = 3;

/** The nation in another process, with a database of its own. */
async function openNation(databaseUrl: string) {
  const order = { url: hub.origin, nationKey: hub.nationKey, signer: hub.signer.pem, databaseUrl };
  const nation = await startProgram(`${root}/tests/bench/nation-process.ts`, { order, ready: z.object({ open: z.literal(true) }) });
  const told = z.object({ records: z.number(), ms: z.number() });
  return {
    /** @returns Records a second. */
    async rate(asked: object): Promise<number> {
      const took = await nation.ask(asked, told);
      expect(took.records).toBe(records);
      return Math.round((records / took.ms) * 1_000);
    },
    [Symbol.asyncDispose]: () => nation[Symbol.asyncDispose](),
  };
}

test('segments as NDJSON: 20,000 records a second', async () => {
  await using database = await openTestDatabase();
  await using nation = await openNation(database.url);
  const [floors, rates]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    floors.push(await copyFloor());
    rates.push(await nation.rate({ read: records }));
  }
  expect(rates).toHaveLength(rounds);
  const [floor, served] = [median(floors), median(rates)];
  figures['ndjson'] = {
    recordsPerSecond: served,
    aim: 20_000,
    copyFloorPerSecond: floor,
    shareOfAim: served / 20_000,
    shareOfFloor: served / floor,
  };
});

test('the puller, checking and keeping everything: 5,000 records a second', async () => {
  const [floors, rates]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    await using database = await openTestDatabase();
    await using nation = await openNation(database.url);
    rates.push(await nation.rate({ pull: true }));
    const sql = postgres(database.url, { max: 1 });
    const insert = async (): Promise<void> => {
      await sql`create table floor (like pulled_entry including all)`;
      await sql`insert into floor select * from pulled_entry`;
    };
    floors.push(await perSecond(records, insert));
    await sql.end();
  }
  const [floor, kept] = [median(floors), median(rates)];
  figures['puller'] = {
    recordsPerSecond: kept,
    aim: 5_000,
    insertFloorPerSecond: floor,
    shareOfAim: kept / 5_000,
    shareOfFloor: kept / floor,
  };
  expect(kept).toBeGreaterThan(0);
});

test('a page far behind costs what the first one costs: 1.5 times at the most', async () => {
  const { sql } = hub.exchange;
  // Positions alone: what they point at is one body for all, for here the way to the page is measured.
  await sql`with many as (
      insert into change (system, epoch, position, dataset, key, version, op, hash, body, state, rules, contract, received_at, harvested_at)
      select 'toy-deep', 'epoch-1', n, 'TENDER_PROJECT', 'D' || n, 1, 'put', '', (select body from change limit 1), 'ACCEPTED', '', '',
        now(), now() from generate_series(1, ${deep - records}::int) n returning id
    ) insert into outbox (system, change) select 'hub', id from many`;
  while ((await readFeedState(sql)).head < deep) await hub.exchange.sequence();
  await sql`analyze feed, outbox, change`;
  const page = async (after: number): Promise<number> => {
    const times: number[] = [];
    for (let turn = 0; turn < 30; turn++) {
      const startedMs = performance.now();
      let lines = 0;
      const { epoch } = await hubOf().feed();
      for await (const _ of hubOf().lines({ from: after + 1, to: after + 1_000 }, { closed: false, epoch })) lines++;
      expect(lines).toBe(1_000);
      times.push(performance.now() - startedMs);
    }
    return median(times);
  };
  const keyset = async (after: number): Promise<number> => {
    const times: number[] = [];
    for (let turn = 0; turn < 30; turn++) {
      const startedMs = performance.now();
      await readKeyset(hub.exchange, { after, first: 1_000 });
      times.push(performance.now() - startedMs);
    }
    return median(times);
  };
  await page(0);
  const [firstMs, lastMs, floorFirstMs, floorLastMs] = [
    await page(0),
    await page(deep - 1_000),
    await keyset(0),
    await keyset(deep - 1_000),
  ];
  figures['page'] = {
    firstMs,
    lastMs,
    ratio: lastMs / firstMs,
    aimRatio: 1.5,
    keysetFloor: { firstMs: floorFirstMs, lastMs: floorLastMs },
  };
  expect(lastMs / firstMs).toBeGreaterThan(0);
});

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;
}
