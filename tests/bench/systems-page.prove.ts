/**
 * What the page of systems costs with 260 of them: the first look, which asks every system, and those after it.
 * @see gateway/src/pages/systems.ts
 */
import { loadavg } from 'node:os';

import { startGateway } from '@hub/gateway';
import { createLog } from '@hub/kit/process';
import { openTestDatabase } from '@hub/kit/testing';
import { startRegistry } from '@hub/registry';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { gatewayKey, gatewayTrust } from '../support/gateway-key.ts';
import { generatedProvince } from '../support/generated-province.ts';
import { startProgram } from '../support/program.ts';
import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { supergraphFile } from './province.ts';
import { patience, rounded, spread } from './stopwatch.ts';

const count = 260;
const looks = 50;
const row = z.object({
  code: z.string(),
  name: z.string(),
  url: z.string(),
  state: z.literal('published'),
  contracts: z.array(z.string()),
});

test(`${count} systems stand on the page, each asked for its newest record`, patience, async () => {
  const loadAtStart = loadavg()[0];
  await using systems = await startProgram(`${root}/tests/bench/fast-systems-process.ts`, {
    order: { count, rows: 5 },
    ready: z.object({ systems: z.array(row) }),
  });
  await using database = await openTestDatabase();
  const province = generatedProvince(count, ({ code }) => ({ code: `s${code.slice(1).padStart(3, '0')}` }));
  const onFault = (cause: unknown): void => expect.fail(String(cause));
  await using registry = await startRegistry({ databaseUrl: database.url, province, trust: gatewayTrust, port: 0, onFault });
  await using gateway = await startGateway({
    supergraph: supergraphFile,
    port: 0,
    log: createLog('gateway', 'silent'),
    systems: systems.ready.systems,
    endpoints: { registry: registry.url },
    key: gatewayKey,
    reach: { loopback: true },
  });
  const look = async (): Promise<{ readonly ms: number; readonly page: string }> => {
    const startedMs = performance.now();
    const page = await (await fetch(`${gateway.url}/systems`)).text();
    return { ms: performance.now() - startedMs, page };
  };
  const first = await look();
  // Whoever comes too early for some of them sees the rest the next time.
  let completeMs = first.ms;
  for (let { page } = first; !page.includes(`</span>作答 <b>${count}</b>`);) {
    expect(completeMs).toBeLessThan(20_000);
    const next = await look();
    completeMs += next.ms;
    ({ page } = next);
  }
  const later = [];
  for (let time = 0; time < looks; time++) later.push((await look()).ms);
  const figures = {
    systems: count,
    loadAtStart,
    firstMs: rounded(first.ms),
    completeMs: rounded(completeMs),
    later: spread(later),
    htmlBytes: first.page.length,
  };
  await recordFigures('systems-page', figures);
  expect(first.ms).toBeLessThan(5000);
});
