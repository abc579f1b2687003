/**
 * The gateway killed (SIGKILL) while somebody pages the hub's feed through it: the reader goes on with its cursor at the gateway
 * that is started next, and has every entry once.
 * @see schema/contracts/exchange.graphql «exchangeFeed»; fail-points.json
 */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { startExchange, takePage } from '@hub/exchange';
import { type TestExchange, openTestExchange } from '@hub/exchange/testing';
import { createSigningKey, listenOn, privateJwkOf, signatureHeader } from '@hub/kit/process';
import { createSm2Key, readSm2PrivateKey } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { callerToken, tokenSecret } from '../../support/caller-token.ts';
import { supergraphFile } from '../../support/federation.ts';
import { gatewayKey, gatewayTrust } from '../../support/gateway-key.ts';
import { hubLines } from '../../support/hub-feed.ts';
import { root } from '../../support/repository.ts';
import { proving, sizeOf } from '../../support/sizes.ts';
import { toyProvince } from '../../support/toy-province.ts';

import { stepsOf } from './fail-points.ts';
import { killCount } from './kill-count.ts';
import { madePage } from './made-feed.ts';
import { type Running, runProgram } from './run-program.ts';

const minutesMs = 60_000 * sizeOf({ test: 3, prove: 30 });
const kills = killCount('gateway');
const faults: unknown[] = [];
const opened = new AsyncDisposableStack();
let made: TestExchange;
/** Lines of the hub's feed, in order. */
let all: readonly string[];
/** Of the exchange, as gateways know it. */
let exchangeUrl: string;
/** Told of each moment of a question to the exchange. */
let passes = (_moment: string): void => {};

beforeAll(async () => {
  made = opened.use(await openTestExchange());
  await takePage(made.store, madePage('one', 0, 60));
  await made.sequence();
  all = (await made.sql.unsafe<{ line: string }[]>(hubLines)).map(({ line }) => line);
  const statementKey = readSm2PrivateKey(createSm2Key());
  if (statementKey === undefined) throw new Error('no key');
  const { url } = opened.use(
    await startExchange({
      databaseUrl: made.databaseUrl,
      province: await toyProvince(),
      trust: gatewayTrust,
      port: 0,
      key: createSigningKey(),
      statementKey,
      signers: { keyOf: () => undefined, get: () => undefined, refresh: async () => {} },
      // Nobody answers there: what there is was given to the journal by hand.
      registry: { origin: 'http://127.0.0.1:9', publicKeys: [] },
      declared: async () => [],
      onFault: (cause) => void faults.push(cause),
    }),
  );
  exchangeUrl = await watched(url);
});
afterAll(async () => {
  await opened.disposeAsync();
  await kills.record();
});

test('what nobody killed is whole', async () => {
  expect(all.length).toBeGreaterThan(30);
  expect(all.filter((line) => line.includes('"warnings":[')).length).toBeGreaterThan(0);
});

describe('at a named point', () => {
  const points = proving ? [1, 2, 3].flatMap((turn) => stepsOf('gateway').map((step) => [step, turn] as const)) : [['fetched', 2] as const];
  test.each(points)('%s, time %i', { timeout: minutesMs }, async (point, turn) => {
    let left = turn;
    const dies = (moment: string): boolean => moment === point && (left -= 1) === 0;
    expect(await readThrough(dies)).toEqual({ lines: all, kills: 1 });
    kills.add(`gateway ${point}`);
  });
});

test.runIf(proving)('at any moment', { timeout: minutesMs }, async () => {
  for (let round = 0; round < 40; round += 1) {
    const timer = { delayMs: randomInt(0, 120) };
    expect(await readThrough(() => false, timer)).toEqual({ lines: all, kills: 1 });
    kills.add('gateway, any moment');
  }
});

/** Its warnings are told in words. */
const entry = z.object({ line: z.string(), warnings: z.array(z.object({ rule: z.string(), messageZh: z.string().min(1) })) });
const answer = z.object({
  data: z.object({ exchangeFeed: z.object({ entries: z.array(entry), cursor: z.string(), more: z.boolean() }) }),
});
type Page = z.output<typeof answer>['data']['exchangeFeed'];
const query =
  'query ($after: String) { exchangeFeed(first: 7, after: $after) { entries { line warnings { rule messageZh } } cursor more } }';

/** The gateway that runs; after a kill the next one has its address. */
let gateway: { readonly running: Running; readonly url: string } | undefined;
opened.defer(() => void gateway?.running.child.kill('SIGTERM'));

/** Reads the feed to its end; the gateway is killed at the moment that is said, or after a while. */
async function readThrough(dies: (moment: string) => boolean, { delayMs }: { readonly delayMs?: number } = {}): Promise<unknown> {
  const lines: string[] = [];
  let after: string | null = null;
  let [killed, restarted] = [0, 0];
  const kill = (): void => void (gateway?.running.child.kill('SIGKILL') === true && (killed += 1));
  passes = (moment) => {
    if (dies(moment)) kill();
  };
  gateway ??= await startGateway(0);
  const dying = delayMs === undefined ? undefined : pause(delayMs).then(kill);
  for (let more = true; more;) {
    const page: Page | undefined = await ask(after).catch((cause: unknown) => {
      if (killed === restarted) throw cause;
      return undefined;
    });
    if (page === undefined) {
      await gateway.running.ended;
      gateway = await startGateway(Number(new URL(gateway.url).port));
      restarted += 1;
      continue;
    }
    lines.push(...page.entries.map(({ line }) => line));
    ({ cursor: after, more } = page);
  }
  await dying;
  if (killed > restarted) {
    await gateway.running.ended;
    gateway = undefined;
  }
  return { lines, kills: killed };
}

async function startGateway(port: number): Promise<NonNullable<typeof gateway>> {
  const order = { supergraph: supergraphFile, port, exchange: exchangeUrl, key: privateJwkOf(gatewayKey), tokenSecret };
  const running = runProgram(join(root, 'tests/exchange/kill/gateway-process.ts'), [JSON.stringify(order)]);
  const { promise: url, resolve } = Promise.withResolvers<string>();
  running.child.stdout?.once('data', (told: string) => resolve(told.trim()));
  void running.ended.then(({ complaint }) => resolve(complaint));
  return { running, url: await url };
}

async function ask(after: string | null): Promise<Page> {
  const response = await fetch(`${gateway?.url ?? ''}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${(await callerToken('RESTRICTED')) ?? ''}` },
    body: JSON.stringify({ query, variables: { after } }),
  });
  passes('answering');
  const told = await response.text();
  const read = answer.safeParse(JSON.parse(told));
  if (!read.success) throw new Error(told, { cause: faults.at(-1) });
  return read.data.data.exchangeFeed;
}

/** @returns Where the exchange is asked so that each moment of it is seen. */
async function watched(url: string): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      passes('asked');
      const headers = { 'content-type': 'application/json', [signatureHeader]: String(request.headers[signatureHeader]) };
      const told = await fetch(url, { method: 'POST', headers, body });
      const answered = await told.text();
      passes('fetched');
      response.writeHead(told.status, { 'content-type': 'application/json' }).end(answered);
    })();
  });
  opened.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${await listenOn(server, 0)}/graphql`;
}
