/**
 * What counting usage costs a gateway: the same small and large question through one that follows a registry and counts, and one
 * that does not, in turns, and through another that does not: what those two differ by is what the machine adds. Aim: 2 in 100 at
 * most. @see gateway/README.md «Decisions»
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { listenOn, privateJwkOf } from '@hub/kit/process';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { gatewayKey } from '../support/gateway-key.ts';
import { cpuMs } from '../support/process-usage.ts';
import { startProgram } from '../support/program.ts';
import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { sizeOf } from '../support/sizes.ts';
import { type Asker, openAsker } from './clients.ts';
import { composedShop, shopQuery } from './shop.ts';
import { patience, rounded, several, spread } from './stopwatch.ts';

const questions = { small: '{ products(first: 5) { sku name } }', large: shopQuery } as const;
const rounds = sizeOf({ test: 2, prove: 15 });
// Processor time is told in hundredths of a second: a round takes a second and more.
const perRound = { small: sizeOf({ test: 20, prove: 2000 }), large: sizeOf({ test: 5, prove: 150 }) } as const;
const clients = 4;

test('counting usage costs next to nothing', patience, async () => {
  const loadAtStart = loadavg()[0];
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-usage-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const subgraphs = opened.use(
    await startProgram(`${root}/tests/bench/shop-process.ts`, {
      order: {},
      ready: z.object({ endpoints: z.array(z.object({ name: z.string(), url: z.string() })) }),
    }),
  );
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, composedShop(subgraphs.ready.endpoints));
  // A registry that takes reports and has no release: the gateway serves the shop, which no registry knows.
  let reports = 0;
  const registry = createServer((request, response) => {
    const isReport = request.url === '/control';
    if (isReport) reports += 1;
    request.resume().on('end', () => response.writeHead(isReport ? 200 : 503).end('{"data":{"reportUsage":true}}'));
  });
  const origin = `http://127.0.0.1:${await listenOn(registry, 0)}`;
  opened.defer(() => void registry.close().closeAllConnections());
  const order = { supergraph, registryUrl: `${origin}/graphql`, systems: [], key: privateJwkOf(gatewayKey) };
  const open = async (link: object): Promise<Side> => {
    const program = opened.use(
      await startProgram(`${root}/tests/bench/gateway-process.ts`, { order: { ...order, ...link }, ready: z.object({ url: z.string() }) }),
    );
    return { pid: program.pid, client: opened.use(openAsker(program.ready.url)) };
  };
  const ours = await open({ registry: { origin, publicKeys: [gatewayKey.publicJwk] } });
  const peer = await open({});
  const twin = await open({});
  const sides = { counting: ours, without: peer, twin } as const;

  const figures: Record<string, object> = {};
  for (const [name, query] of Object.entries(questions)) {
    const count = name === 'small' ? perRound.small : perRound.large;
    const names = ['counting', 'without', 'twin'] as const;
    for (const side of names) await several(() => sides[side].client.ask(query), count, clients);
    const [ms, cpu] = [empty(), empty()];
    for (let round = 0; round < rounds; round++) {
      // Who goes first changes from turn to turn.
      for (const side of [...names.slice(round % 3), ...names.slice(0, round % 3)]) {
        const { pid, client } = sides[side];
        const before = cpuMs(pid);
        ms[side].push(spread(await several(() => client.ask(query), count, clients)).p50Ms);
        cpu[side].push((cpuMs(pid) - before) / count);
      }
    }
    figures[name] = { requestMs: compared(ms), cpuMs: compared(cpu), rounds, requestsPerRound: count };
  }
  expect(reports).toBeGreaterThan(0);
  await recordFigures('usage-cost', { loadAtStart, ...figures });
});

interface Side {
  readonly pid: number;
  readonly client: Asker;
}

type Measured = Readonly<Record<'counting' | 'without' | 'twin', number[]>>;

/** @returns Nothing measured yet. */
function empty(): Measured {
  return { counting: [], without: [], twin: [] };
}

/** Medians of rounds, and the medians of what each round says by itself. */
function compared({ counting, without, twin }: Measured): object {
  const ratio = (values: readonly number[]): number => {
    const ratios = values.map((value, round) => value / (without[round] ?? Number.NaN));
    return rounded(spread(ratios).p50Ms);
  };
  return {
    counting: spread(counting).p50Ms,
    without: spread(without).p50Ms,
    ratio: ratio(counting),
    ratioOfTwoWithout: ratio(twin),
  };
}
