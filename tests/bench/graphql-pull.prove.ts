/**
 * How fast the hub's feed is read as GraphQL pages through the gateway, in a process of its own as in service, beside the same
 * pages read from the tables by their key.
 * @see design/feed.md 7; schema/contracts/exchange.graphql «exchangeFeed»
 */
import { join } from 'node:path';

import { startExchange } from '@hub/exchange';
import { createSigningKey, privateJwkOf } from '@hub/kit/process';
import { createSm2Key, readSm2PrivateKey } from '@hub/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { callerToken, tokenSecret } from '../support/caller-token.ts';
import { supergraphFile } from '../support/federation.ts';
import { gatewayKey, gatewayTrust } from '../support/gateway-key.ts';
import { type HubFeed, openHubFeed, readKeyset } from '../support/hub-feed.ts';
import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { sizeOf } from '../support/sizes.ts';
import { toyProvince } from '../support/toy-province.ts';
import { runProgram } from '../exchange/kill/run-program.ts';

const records = sizeOf({ test: 2_000, prove: 20_000 });
const rounds = 3;
const pageSize = 100;
const aim = 5_000;
/** About as long as an ordinary record. */
const words = '示例道路工程施工与监理，含路基、路面、桥涵与交通安全设施。'.repeat(9);
const opened = new AsyncDisposableStack();
const figures: Record<string, unknown> = { records, pageSize, aimPerSecond: aim };
let hub: HubFeed;
let url: string;

beforeAll(async () => {
  hub = opened.use(await openHubFeed());
  for (let from = 1; from <= records; from += 2_000) {
    await hub.add(Array.from({ length: 2_000 }, (_, at) => ({ key: `R${from + at}`, fields: { TENDER_PROJECT_NAME: words } })));
  }
  const statementKey = readSm2PrivateKey(createSm2Key());
  if (statementKey === undefined) throw new Error('no key');
  const exchange = opened.use(
    await startExchange({
      databaseUrl: hub.exchange.databaseUrl,
      province: await toyProvince(),
      trust: gatewayTrust,
      port: 0,
      key: createSigningKey(),
      statementKey,
      signers: { keyOf: () => undefined, get: () => undefined, refresh: async () => {} },
      // Nobody answers there: what there is was given to the journal by hand.
      registry: { origin: 'http://127.0.0.1:9', publicKeys: [] },
      declared: async () => [],
      onFault: () => {},
    }),
  );
  const order = { supergraph: supergraphFile, port: 0, exchange: exchange.url, key: privateJwkOf(gatewayKey), tokenSecret };
  const gateway = runProgram(join(root, 'tests/exchange/kill/gateway-process.ts'), [JSON.stringify(order)]);
  opened.defer(() => void gateway.child.kill('SIGTERM'));
  url = await new Promise<string>((resolve, reject) => {
    gateway.child.stdout?.once('data', (told: string) => resolve(told.trim()));
    void gateway.ended.then(({ complaint }) => reject(new Error(complaint)));
  });
}, 600_000);
afterAll(async () => {
  await recordFigures('graphql-pull', figures);
  await opened.disposeAsync();
});

const page = z.object({ entries: z.array(z.object({ position: z.number(), line: z.string() })), cursor: z.string(), more: z.boolean() });
const answer = z.object({ data: z.object({ exchangeFeed: page }) });

test.each([
  ['lines', 'position line'],
  ['fields', 'position line system { code } dataset key version op hash payload dataTimestamp receivedAt harvestedAt'],
])('%s of every entry, once and in order', { timeout: 600_000 }, async (name, fields) => {
  const query = `query ($after: String) { exchangeFeed(first: ${pageSize}, after: $after) { entries { ${fields} } cursor more } }`;
  const [rates, floors]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await perSecond(readTables));
    rates.push(await perSecond(() => readGraph(query)));
  }
  const [reached, floor] = [median(rates), median(floors)];
  figures[name] = { recordsPerSecond: reached, shareOfAim: reached / aim, tablesPerSecond: floor, shareOfFloor: reached / floor };
});

async function readGraph(query: string): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${(await callerToken('RESTRICTED')) ?? ''}` };
  const pageAfter = async (after: string | null): Promise<z.output<typeof page>> => {
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables: { after } }) });
    return answer.parse(await response.json()).data.exchangeFeed;
  };
  let last = 0;
  let told = await pageAfter(null);
  for (;;) {
    for (const { position } of told.entries) expect(position).toBe((last += 1));
    if (!told.more) break;
    told = await pageAfter(told.cursor);
  }
  expect(last).toBe(records);
}

async function readTables(): Promise<void> {
  for (let after = 0; after < records; after += pageSize) {
    expect(await readKeyset(hub.exchange, { after, first: pageSize })).toBe(pageSize);
  }
}

async function perSecond(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return Math.round((records / (performance.now() - startedMs)) * 1_000);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
