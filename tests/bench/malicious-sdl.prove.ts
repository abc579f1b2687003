/**
 * Hostile SDLs, sent to the registry one after the other while a gateway serves a page of 23 systems: how long each takes until it
 * is refused, what it does to the gateway, and how long an honest check waits beside eight of them.
 * @see subgraphs/registry/README.md «Checks»
 */
import { loadavg } from 'node:os';

import { expect, test } from 'vitest';

import { maliciousSdls } from '../support/malicious-sdls.ts';
import { at } from '../support/parse-json.ts';
import { startPosingSystems } from '../support/posing-systems.ts';
import { recordFigures } from '../support/results.ts';
import { endpoint, publish, sdlOf, startToyRegistry } from '../support/toy-registry.ts';
import { openAsker } from './clients.ts';
import { startGatewayProcess } from './province.ts';
import { patience, rounded } from './stopwatch.ts';

const systems = 23;
const rounds = 5;
const clients = 4;
const query = '{ notices(first: 20) { nodes { title } totalCount } }';

test('a hostile SDL is refused within 2 s, and the gateway serves on', patience, async () => {
  const load = loadavg()[0];
  await using toy = await startToyRegistry();
  await using posing = await startPosingSystems(Array.from({ length: systems }, (_, place) => `s${place}`));
  await using gateway = await startGatewayProcess({ systems: posing.routes, registryUrl: toy.registry.url });
  await using asker = openAsker(gateway.ready.url);
  const send = async (
    sdl: string,
    as: 'xingcheng' | 'yuecheng' = 'xingcheng',
  ): Promise<{ readonly ms: number; readonly published: unknown }> => {
    const input = { system: as, endpoint, contracts: ['board'], sdl, dryRun: true };
    const startedMs = performance.now();
    const { data } = await toy.as(as)(publish, { input });
    return { ms: performance.now() - startedMs, published: at(data, 'publishSystem', 'published') };
  };
  await send(sdlOf('board'));
  const pages = async (over: AbortSignal): Promise<readonly number[]> => {
    const times: number[] = [];
    const client = async (): Promise<void> => {
      while (!over.aborted) {
        const startedMs = performance.now();
        await asker.ask(query);
        times.push(performance.now() - startedMs);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    return times;
  };
  const alone = summary(await pages(AbortSignal.timeout(5000)));
  const over = new AbortController();
  const beside = pages(over.signal);
  const refusedMs: Record<string, { readonly medianMs: number; readonly worstMs: number }> = {};
  for (const [what, make] of Object.entries(maliciousSdls)) {
    const times: number[] = [];
    // Each text is another, so that none is remembered.
    for (let round = 0; round < rounds; round += 1) {
      const { ms, published } = await send(`${make()} # ${round}`);
      expect(published).toBe(false);
      times.push(ms);
    }
    const { medianMs, worstMs } = summary(times);
    refusedMs[what] = { medianMs, worstMs };
  }
  const dear = Array.from({ length: 8 }, (_, place) => send(`${maliciousSdls['as wide as may be read']?.() ?? ''} # at once ${place}`));
  const honest = await send(`${sdlOf('board')} # honest`, 'yuecheng');
  await Promise.all(dear);
  over.abort();
  const worstMs = Math.max(...Object.values(refusedMs).map((times) => times.worstMs));
  await recordFigures('malicious-sdl', {
    loadAtStart: load,
    rounds,
    refusedMs,
    worstMs,
    honestBesideEightMs: rounded(honest.ms),
    pagesOf: systems,
    clients,
    pages: { alone, beside: summary(await beside) },
  });
  expect(worstMs).toBeLessThan(2000);
});

function summary(times: readonly number[]): { readonly count: number; readonly medianMs: number; readonly worstMs: number } {
  const sorted = times.toSorted((a, b) => a - b);
  return { count: times.length, medianMs: rounded(sorted[Math.floor(sorted.length / 2)] ?? 0), worstMs: rounded(sorted.at(-1) ?? 0) };
}
