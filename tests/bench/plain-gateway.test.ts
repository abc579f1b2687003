/**
 * The gateway alone, as a plain federation gateway, beside the vendor's: where the engine starts from.
 * @see design/engine.md
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';
import { z } from 'zod';

import { runHub } from '../support/hub-process.ts';
import { cpuMs, pssBytes } from '../support/process-usage.ts';
import { startProgram } from '../support/program.ts';
import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { sizeOf } from '../support/sizes.ts';
import { type Asker, openAsker } from './clients.ts';
import { composedShop, shopQuery } from './shop.ts';
import { patience, rounded, several, sideBySide, type Sides, spread } from './stopwatch.ts';

const clients = 50;
const mebibyte = 1 << 20;

test('the plain gateway gives what the vendor’s gives', patience, async () => {
  const loadAtStart = loadavg()[0];
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-plain-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const subgraphs = opened.use(
    await startProgram(`${root}/tests/bench/shop-process.ts`, {
      order: {},
      ready: z.object({ endpoints: z.array(z.object({ name: z.string(), url: z.string() })) }),
    }),
  );
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, composedShop(subgraphs.ready.endpoints));
  const hub = opened.use(runHub(['gateway', '--supergraph', supergraph, '--port', '0'], { NODE_ENV: 'production' }));
  const stock = opened.use(
    await startProgram(`${root}/tests/bench/stock-gateway-process.ts`, { order: { supergraph }, ready: z.object({ url: z.string() }) }),
  );
  const [hubPid = 0] = hub.family();
  const ours = { pid: hubPid, client: opened.use(openAsker(`${await hub.ready}/graphql`)) };
  const peer = { pid: stock.pid, client: opened.use(openAsker(stock.ready.url)) };

  const requestsOf = async (client: Asker): Promise<number> => {
    const counted = z.object({ requests: z.number() });
    const before = await subgraphs.ask({}, counted);
    await client.ask(shopQuery);
    return (await subgraphs.ask({}, counted)).requests - before.requests;
  };
  const [answer, expected] = [await ours.client.ask(shopQuery), await peer.client.ask(shopQuery)];
  expect(JSON.parse(answer)).toEqual(JSON.parse(expected));
  const subgraphRequests = { ours: await requestsOf(ours.client), peer: await requestsOf(peer.client) };

  const oneClient = await sideBySide(
    { ours: () => ours.client.ask(shopQuery), peer: () => peer.client.ask(shopQuery) },
    { count: sizeOf({ test: 4, prove: 500 }), warmUp: sizeOf({ test: 1, prove: 200 }), concurrency: 1 },
  );
  const rounds = sizeOf({ test: 1, prove: 8 });
  const count = sizeOf({ test: 50, prove: 1000 });
  const loads: Sides<Load[]> = { ours: [], peer: [] };
  await several(() => ours.client.ask(shopQuery), count, clients);
  await several(() => peer.client.ask(shopQuery), count, clients);
  for (let round = 0; round < rounds; round++) {
    loads.ours.push(await loaded(ours, count));
    loads.peer.push(await loaded(peer, count));
  }
  const middle = { ours: middleOf(loads.ours), peer: middleOf(loads.peer) };
  await recordFigures('plain-gateway', {
    loadAtStart,
    answerBytes: Buffer.byteLength(answer),
    subgraphRequests,
    oneClient,
    [`${clients} clients`]: {
      ...middle,
      requestsPerSecondRatio: rounded(middle.ours.requestsPerSecond / middle.peer.requestsPerSecond),
      cpuMsPerRequestRatio: rounded(middle.ours.cpuMsPerRequest / middle.peer.cpuMsPerRequest),
    },
    memoryMiB: { ours: rounded(pssBytes(ours.pid) / mebibyte), peer: rounded(pssBytes(peer.pid) / mebibyte) },
  });
});

interface Gateway {
  readonly pid: number;
  readonly client: Asker;
}

interface Load {
  readonly requestsPerSecond: number;
  readonly cpuMsPerRequest: number;
  readonly p95Ms: number;
}

async function loaded({ pid, client }: Gateway, count: number): Promise<Load> {
  const [startedMs, startCpuMs] = [performance.now(), cpuMs(pid)];
  const timesMs = await several(() => client.ask(shopQuery), count, clients);
  return {
    requestsPerSecond: (count / (performance.now() - startedMs)) * 1000,
    cpuMsPerRequest: (cpuMs(pid) - startCpuMs) / count,
    p95Ms: spread(timesMs).p95Ms,
  };
}

function middleOf(loads: readonly Load[]): Load {
  const middle = (pick: (load: Load) => number): number => spread(loads.map(pick)).p50Ms;
  return {
    requestsPerSecond: middle(({ requestsPerSecond }) => requestsPerSecond),
    cpuMsPerRequest: middle(({ cpuMsPerRequest }) => cpuMsPerRequest),
    p95Ms: middle(({ p95Ms }) => p95Ms),
  };
}
