/**
 * Both ends of a harvest killed (SIGKILL): the exchange while a page or a segment comes, and a system while it takes records and
 * serves its feed. What was answered for is there, nothing is half there, and what comes again has no second effect.
 * @see design/feed.md 8; fail-points.json
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { harvestProvince } from '@hub/exchange';
import {
  type FakeFeed,
  type FakeRegistry,
  type FeedServer,
  type Misbehaviour,
  type TestExchange,
  fakeFeed,
  lenientContracts,
  openFakeRegistry,
  openFeedServer,
  openTestExchange,
} from '@hub/exchange/testing';
import { type TestDatabase, openTestDatabase } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { exchangeKey, exchangeSigner } from '../../support/gateway-key.ts';
import { root } from '../../support/repository.ts';
import { proving, sizeOf } from '../../support/sizes.ts';

import { stepsOf } from './fail-points.ts';
import { isFeedDense, sound, soundnessOf } from './journal-state.ts';
import { killCount } from './kill-count.ts';
import { type Ended, type Running, runProgram } from './run-program.ts';

const program = (name: string): string => join(root, `tests/exchange/kill/${name}-process.ts`);
const minutesMs = 60_000 * sizeOf({ test: 3, prove: 60 });
const [moments, waitMs] = [60, 60_000];
const limits = { first: 20, farBehind: 5_000, waitMs: 50, idleMs: 20 };
const kills = killCount('harvest');

const opened = new AsyncDisposableStack();
let exchange: TestExchange;
let registry: FakeRegistry;
beforeAll(async () => {
  exchange = opened.use(await openTestExchange({ contracts: lenientContracts() }));
  registry = opened.use(await openFakeRegistry());
});
afterAll(async () => {
  await opened.disposeAsync();
  await kills.record();
});

const start = () => {
  // What goes wrong inside shows in the journal; a registry that has nothing new to say is given up now and then.
  const onFault = (): void => {};
  return harvestProvince({ store: exchange.store, registry, signer: exchangeSigner, reach: { loopback: true }, limits, onFault });
};
const positionsOf = async (system: string): Promise<number> => (await exchange.sql`select from change where system = ${system}`).count;
/** The records of these feeds have no codes of their own. */
const whole = { ...sound, codes: expect.any(Boolean) };

describe('The harvest', () => {
  let server: FeedServer;
  beforeAll(async () => void (server = opened.use(await openFeedServer())));

  const points = proving
    ? [1, 2, 3].flatMap((turn) => stepsOf('harvest').map((step) => [step, turn] as const))
    : [['page:half', 3] as const];
  // A feed has one segment.
  const possible = points.filter(([point, turn]) => point.startsWith('page:') || turn === 1);
  test.each(possible)('at %s, time %i', { timeout: minutesMs }, async (point, turn) => {
    const feed = opens(point.startsWith('segment:') ? 10_030 : 70);
    const running = run();
    let left = turn;
    server.misbehave.set(
      feed.system,
      dyingAt(point, () => (left -= 1) === 0, running),
    );
    await expect(running.ended).resolves.toMatchObject({ signal: 'SIGKILL', complaint: '' });
    kills.add(`harvest ${point}`);
    await holdsAndGoesOn(feed);
  });

  test.runIf(proving)('at any moment', { timeout: minutesMs }, async () => {
    for (let round = 0; round < moments; round += 1) {
      const feed = opens(round % 3 === 0 ? 10_030 : 300);
      const running = run();
      await running.begun;
      await after(randomInt(0, round % 3 === 0 ? 3_000 : 300));
      running.child.kill('SIGKILL');
      expect((await running.ended).complaint).toBe('');
      kills.add('harvest, any moment');
      await holdsAndGoesOn(feed);
    }
  });

  function opens(count: number): FakeFeed {
    const feed = fakeFeed(exchange.system(), count);
    registry.publish([{ code: feed.system, url: server.serve(feed) }]);
    return feed;
  }

  function run(): Running {
    const { origin, publicKeys } = registry;
    return runProgram(program('harvest'), [JSON.stringify({ url: exchange.databaseUrl, registry: { origin, publicKeys }, limits })]);
  }

  async function holdsAndGoesOn(feed: FakeFeed): Promise<void> {
    server.misbehave.delete(feed.system);
    expect(await soundnessOf(exchange.sql, feed.system)).toEqual(whole);
    await using _harvest = start();
    await expect.poll(() => positionsOf(feed.system), { timeout: waitMs }).toBe(feed.entries.length);
    expect(await exchange.states(feed.system)).toEqual(feed.entries.map(({ position }) => `${position} ACCEPTED`));
    expect(await soundnessOf(exchange.sql, feed.system)).toEqual(whole);
    await exchange.sequence();
    expect(await isFeedDense(exchange.sql)).toBe(true);
  }
});

/** Answers rightly until the point comes for its turn, at which whoever asks is killed. */
function dyingAt(point: string, comes: () => boolean, { child }: Running): Misbehaviour {
  const [kind, moment] = point.split(':');
  const kill = (): void => void child.kill('SIGKILL');
  return ({ asked, feed, response, right }) => {
    if ((asked.segment === undefined ? 'page' : 'segment') !== kind || !comes()) return undefined;
    if (moment === 'asked') kill();
    if (moment === 'asked') return null;
    const body = asked.segment === undefined ? Buffer.from(right) : gzipSync(feed.segment(asked.segment));
    response.writeHead(200, asked.segment === undefined ? { 'content-type': 'application/json' } : segmentHeaders);
    if (moment === 'half') response.write(body.subarray(0, body.length / 2), kill);
    else response.end(body, kill);
    return null;
  };
}

const segmentHeaders = {
  'content-type': 'application/x-ndjson',
  'content-encoding': 'gzip',
  'hub-feed-epoch': 'epoch-1',
  'hub-feed-cursor': 'epoch-1/10000',
};

describe('A system that is harvested', () => {
  const [total, batch] = [100, 20];
  let database: TestDatabase;
  let sql: postgres.Sql;
  beforeAll(async () => {
    database = opened.use(await openTestDatabase());
    sql = postgres(database.url, { max: 2, onnotice: () => {} });
    opened.defer(() => sql.end());
  });

  const points = proving
    ? [1, 2, 3].flatMap((turn) => stepsOf('system').map((step) => [step, turn] as const))
    : // It takes records at that moment, too.
      [['feed:half', 2] as const];
  test.each(points)('at %s, time %i', { timeout: minutesMs }, async (point, turn) => {
    expect(await livesOn({ point, turn, end: ({ ended }) => ended })).toBe(total);
    kills.add(`system ${point}`);
  });

  test.runIf(proving)('at any moment', { timeout: minutesMs }, async () => {
    for (let round = 0; round < moments; round += 1) {
      const end = async ({ begun, child, ended }: Running): Promise<Ended> => {
        await begun;
        await after(randomInt(0, 400));
        child.kill('SIGKILL');
        return ended;
      };
      expect(await livesOn({ point: '', turn: 1, end })).toBe(total);
      kills.add('system, any moment');
    }
  });

  interface Death {
    readonly point: string;
    readonly turn: number;
    readonly end: (running: Running) => Promise<Ended>;
  }

  /**
   * Its sender and the harvest go on after its death, the sender with the first batch that it was not answered for.
   * @returns Different changes of it in the hub's feed.
   */
  async function livesOn({ end, ...death }: Death): Promise<number> {
    const system = exchange.system();
    let [port, from, starts] = [0, 0, 0];
    await using _harvest = start();
    const begin = (death: Omit<Death, 'end'>): Running => {
      const order = { url: database.url, system, port, exchangeKey: exchangeKey.publicJwk, from, to: total, batch, ...death };
      const running = runProgram(program('system'), [JSON.stringify(order)]);
      running.child.stdout?.on('data', (told: string) => {
        const listening = /^listens (\d+)$/m.exec(told)?.[1];
        if (listening === undefined) return;
        port = Number(listening);
        // In the small size nobody waits for the next attempt: what has moved is asked at once.
        starts += proving ? 0 : 1;
        registry.publish([{ code: system, url: `http://127.0.0.1:${port}/graphql?${starts}` }]);
      });
      return running;
    };
    const { signal, complaint, lines } = await end(begin(death));
    expect({ signal, complaint }).toEqual({ signal: 'SIGKILL', complaint: '' });
    from = Number(lines.findLast((line) => line.startsWith('kept'))?.split(' ')[1] ?? from);
    const records = await keptOf(system);
    expect([records >= from, records % batch, await soundnessOf(exchange.sql, system)]).toEqual([true, 0, whole]);
    const living = begin({ point: '', turn: 1 });
    await expect.poll(() => positionsOf(system), { timeout: waitMs }).toBe(total);
    living.child.kill('SIGTERM');
    expect((await living.ended).complaint).toBe('');
    expect(await keptOf(system)).toBe(total);
    expect(await soundnessOf(exchange.sql, system)).toEqual(whole);
    await exchange.sequence();
    expect(await isFeedDense(exchange.sql)).toBe(true);
    return new Set(await exchange.told(system)).size;
  }

  /** @returns Records; each has one version, and is told of once. */
  async function keptOf(system: string): Promise<number> {
    const [found] = await sql<{ records: number; versions: number; told: number }[]>`select
      (select count(*)::int from record_head where system = ${system}) as records,
      (select count(*)::int from record_version where system = ${system}) as versions,
      (select count(*)::int from outbox where system = ${system}) as told`;
    const { records, versions, told } = found ?? { records: 0, versions: 0, told: 0 };
    expect([versions, told]).toEqual([records, records]);
    return records;
  }
});
