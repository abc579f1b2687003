/**
 * What the number of systems costs: composition and planning never see it, routing and memory do.
 * @see design/partitioning.md «Rules» 1
 */
import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';

import { expect, test } from 'vitest';
import { z } from 'zod';

import { listAt } from '../support/parse-json.ts';
import { cpuMs, pssBytes } from '../support/process-usage.ts';
import { type Program, startProgram } from '../support/program.ts';
import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { type Asker, openAsker } from './clients.ts';
import { operations } from './operations.ts';
import { startGatewayProcess, supergraphFile } from './province.ts';
import { patience, rounded, sideBySide, spread } from './stopwatch.ts';

const few = 23;
const many = 260;
const mebibyte = 1 << 20;

const row = z.object({
  code: z.string(),
  name: z.string(),
  url: z.string(),
  state: z.literal('published'),
  contracts: z.array(z.string()),
});
const measured = z.object({
  supergraph: z.string(),
  composeColdMs: z.number(),
  composeWarmMs: z.array(z.number()),
  loadMs: z.number(),
  plans: z.array(z.object({ name: z.string(), coldMs: z.number(), warmMs: z.array(z.number()) })),
});

test('the contracts compose and plan without a system in sight', patience, async () => {
  await using planning = await startProgram(`${root}/tests/bench/planning-process.ts`, {
    order: { operations, repetitions: 50 },
    ready: measured,
  });
  const { supergraph, composeColdMs, composeWarmMs, loadMs, plans } = planning.ready;
  expect(supergraph).toBe(await readFile(supergraphFile, 'utf8'));
  await recordFigures('planning', {
    loadAtStart: loadavg()[0],
    supergraphBytes: Buffer.byteLength(supergraph),
    composeColdMs: rounded(composeColdMs),
    composeWarm: spread(composeWarmMs),
    plannerLoadMs: rounded(loadMs),
    plans: Object.fromEntries(plans.map(({ name, coldMs, warmMs }) => [name, { coldMs: rounded(coldMs), warm: spread(warmMs) }])),
  });
});

const page = `notices(first: 20ARGUMENTS) {
  nodes { id title publishedAt stage { label } category { label } region { name } system { code name } } pageInfo { hasNextPage endCursor }
} `;
const wholeProvince = `{ ${page.replace('ARGUMENTS', '')} }`;
const oneSystem = `{ ${page.replace('ARGUMENTS', ', filter: { systems: ["s007"] }')} }`;

test(`a gateway with ${many} systems beside one with ${few}: adding systems recomposes nothing`, patience, async () => {
  const loadAtStart = loadavg()[0];
  await using systems = await startProgram(`${root}/tests/bench/fast-systems-process.ts`, {
    order: { count: many, rows: 21 },
    ready: z.object({ systems: z.array(row) }),
  });
  const table = systems.ready.systems;
  const behind = { systems: table.slice(0, few), registryUrl: 'http://127.0.0.1:9/graphql' };
  await using small = await startGatewayProcess(behind);
  await using large = await startGatewayProcess(behind);
  await using smallAsker = openAsker(small.ready.url);
  await using largeAsker = openAsker(large.ready.url);
  const before = await pages(largeAsker);

  const { replacedMs, adopted } = await large.ask({ systems: table }, z.object({ replacedMs: z.number(), adopted: z.number() }));
  expect(adopted, 'the one at the start').toBe(1);
  expect(await pages(largeAsker)).not.toEqual(before);

  const routing: Record<string, unknown> = {};
  for (const [name, query] of Object.entries({ 'one system': oneSystem, 'whole province': wholeProvince })) {
    for (const concurrency of [1, 8]) {
      const count = 1000;
      const timing = { count, warmUp: 200, concurrency };
      const cpuBefore = { ours: cpuMs(large.pid), peer: cpuMs(small.pid) };
      const comparison = await sideBySide({ ours: () => largeAsker.ask(query), peer: () => smallAsker.ask(query) }, timing);
      const perPage = (pid: number, sinceMs: number): number => rounded((cpuMs(pid) - sinceMs) / (count + timing.warmUp));
      routing[`${name} ×${concurrency}`] = {
        ...comparison,
        cpuMsPerPage: { ours: perPage(large.pid, cpuBefore.ours), peer: perPage(small.pid, cpuBefore.peer) },
      };
    }
  }
  const memoryMiB = (gateway: Program<unknown>): number => rounded(pssBytes(gateway.pid) / mebibyte);
  await recordFigures('many-systems', {
    loadAtStart,
    systems: { ours: many, peer: few },
    tableReplacedMs: rounded(replacedMs),
    supergraphsAdopted: adopted,
    memoryMiB: { ours: memoryMiB(large), peer: memoryMiB(small) },
    routing,
  });
});

async function pages(client: Asker): Promise<readonly unknown[]> {
  return listAt(JSON.parse(await client.ask(wholeProvince)), 'data', 'notices', 'nodes');
}
