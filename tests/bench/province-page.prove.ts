/**
 * A page of the whole province through the gateway, beside the same calls fired directly at all systems, waiting for the last.
 * Aim: a p95 within 1.3 times. @see design/partitioning.md «Page»
 */
import { loadavg } from 'node:os';

import { openTestDatabase } from '@hub/kit/testing';
import { expect, test } from 'vitest';

import { listAt } from '../support/parse-json.ts';
import { cpuMs } from '../support/process-usage.ts';
import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { openAsker, openDirectClient } from './clients.ts';
import { type Comparison, patience, rounded, sideBySide } from './stopwatch.ts';
import { bodiesSentFor, startGatewayProcess, startProvinceSystems } from './province.ts';

/** What is asked, and how often in `npm run prove`. */
const pages = {
  notices: {
    runs: 1000,
    query: `{ notices(first: 20) {
    nodes { title publishedAt stage { label } category { label } region { name } system { code name } }
    totalCount pageInfo { hasNextPage endCursor } coverage { complete missing { system { code name } reason since } }
  } }`,
  },
  tenderProjects: {
    runs: 300,
    query: `{ tenderProjects(first: 20) {
    nodes { code name system { name } sections {
      code name bids { bidders { name } price { yuan } } candidates { rank bidders { name } }
      awardNotices { title publishedAt winners { name } }
    } }
    coverage { complete }
  } }`,
  },
} as const;

interface PageFigures extends Comparison {
  readonly answerBytes: number;
  readonly systemsBytes: number;
  readonly gatewayCpuMs: number;
  readonly systemsCpuMs: number;
}

test('a page of the whole province costs little more than asking every system oneself', patience, async () => {
  const load = loadavg()[0];
  const provinceDir = `${root}/schema/province`;
  await using database = await openTestDatabase();
  await using systems = await startProvinceSystems(database.url, provinceDir);
  await using gateway = await startGatewayProcess(systems);
  await using direct = openDirectClient(systems.systems);
  await using through = openAsker(gateway.ready.url);

  const figures: Record<string, PageFigures> = {};
  for (const [name, { query, runs }] of Object.entries(pages)) {
    const [body = '', ...others] = await bodiesSentFor(query, systems.systems.length);
    expect(others, 'the same call to each').toEqual([]);
    const [page, parts] = [await through.ask(query), await direct.askAll(body)];
    expect(listAt(JSON.parse(page), 'data', name, 'nodes')).toHaveLength(20);
    for (const concurrency of [1, 8]) {
      const before = { gateway: cpuMs(gateway.pid), systems: cpuMs(systems.pid) };
      const count = runs;
      const warmUp = runs / 5;
      const comparison = await sideBySide(
        { ours: () => through.ask(query), peer: () => direct.askAll(body) },
        { count, warmUp, concurrency },
      );
      figures[`${name} ×${concurrency}`] = {
        ...comparison,
        answerBytes: Buffer.byteLength(page),
        systemsBytes: Buffer.byteLength(parts.join('')),
        gatewayCpuMs: rounded((cpuMs(gateway.pid) - before.gateway) / (count + warmUp)),
        systemsCpuMs: rounded((cpuMs(systems.pid) - before.systems) / (count + warmUp) / 2),
      };
    }
  }
  await recordFigures('province-page', { systems: systems.systems.length, loadAtStart: load, pages: figures });
});
