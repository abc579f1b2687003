/**
 * A gateway that is asked ever new operations while its supergraph changes again and again: it fails nobody, it is never silent for
 * long, and once its caches are full its memory stays what it is.
 * @see issue 6 «Shown by»
 */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';

import { expect, test, vi } from 'vitest';
import { z } from 'zod';

import { type Asker, openAsker } from '../bench/clients.ts';
import { composedShops } from '../bench/engine/laws.ts';
import { patience, rounded, spread } from '../bench/stopwatch.ts';
import { startProgram } from '../support/program.ts';
import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { operationText } from './distinct-operations.ts';

/** In each round the supergraph changes some times, then stays until caches are full again, and memory is looked at. */
const rounds = 10;
const changesPerRound = 5;
const roundMs = 60_000;
const changeMs = 4_000;
const clients = 8;
/** Requests after the last change of a round: more than operations are kept. */
const requestsToFill = 3_000;
/** What the middle of the last third of rounds may be of that of the second third, at the most. */
const flat = 1.1;
/** The gateway's thread may be at one thing for so long. */
const maxBlockMs = 200;
/** The second for a machine that does other things as well. */
const maxSilenceMs = { quiet: 1_000, busy: 5_000 };
const tickMs = 100;

const endpoint = z.object({ name: z.enum(['accounts', 'products', 'inventory', 'reviews']), url: z.string() });
const state = z.object({ threads: z.number(), adopted: z.number(), refused: z.number() });
const memory = z.object({ rssMiB: z.number(), heapMiB: z.number(), plannerHeapMiB: z.number(), longestBlockMs: z.number() });
type Memory = z.infer<typeof memory>;

test('ever new operations and supergraphs fail nobody, and leave nothing behind', patience, async () => {
  const [loadAtStart = 0] = loadavg();
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-memory-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const ready = z.object({ endpoints: z.array(endpoint) });
  const subgraphs = opened.use(await startProgram(`${root}/tests/bench/engine/subgraphs-process.ts`, { order: {}, ready }));
  const sdl = composedShops(subgraphs.ready.endpoints);
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, sdl);
  const program = `${root}/tests/engine/watched-gateway-process.ts`;
  const gateway = opened.use(await startProgram(program, { order: { supergraph }, ready: z.object({ url: z.string() }) }));
  const serves = (expected: Partial<z.infer<typeof state>>): Promise<void> =>
    vi.waitFor(async () => expect(await gateway.ask({ isMemoryAsked: false }, state)).toMatchObject(expected), {
      timeout: 60_000,
      interval: 100,
    });

  const load = startLoad(opened.use(openAsker(gateway.ready.url)));
  opened.defer(() => load.end());
  const looks: Memory[] = [];
  const startedMs = performance.now();
  for (let round = 1; round <= rounds; round++) {
    for (let change = 1; change <= changesPerRound; change++) {
      const changes = (round - 1) * changesPerRound + change;
      await writeFile(`${supergraph}.new`, withField(sdl, changes));
      await rename(`${supergraph}.new`, supergraph);
      await serves({ adopted: changes + 1, refused: 0 });
      await later(changeMs);
    }
    const filled = load.requests() + requestsToFill;
    await later(Math.max(0, startedMs + round * roundMs - performance.now()));
    await vi.waitUntil(() => load.requests() > filled || load.failures.length > 0, { timeout: 120_000, interval: 100 });
    expect(load.failures).toEqual([]);
    // One generation, and one thread that plans for it.
    await serves({ threads: 1 });
    looks.push(await gateway.ask({ isMemoryAsked: true }, memory));
  }
  const minutes = rounded((performance.now() - startedMs) / 60_000);
  await load.end();

  expect(load.failures).toEqual([]);

  const risen = { rss: risenBy(looks, 'rssMiB'), heap: risenBy(looks, 'heapMiB'), plannerHeap: risenBy(looks, 'plannerHeapMiB') };
  const longestBlockMs = Math.round(Math.max(...looks.map((look) => look.longestBlockMs)));
  await recordFigures('engine-memory', {
    loadAtStart,
    minutes,
    requests: load.requests(),
    failures: load.failures.length,
    supergraphChanges: rounds * changesPerRound,
    longestBlockMs,
    longestSilenceMs: load.longestSilenceMs(),
    lastThirdToSecond: risen,
    atEndOfMinute: looks.map((look) => Object.fromEntries(Object.entries(look).map(([name, value]) => [name, Math.round(value)]))),
  });
  expect(longestBlockMs).toBeLessThan(maxBlockMs);
  expect(load.longestSilenceMs()).toBeLessThan(loadAtStart < availableParallelism() ? maxSilenceMs.quiet : maxSilenceMs.busy);
  expect(risen.rss).toBeLessThanOrEqual(flat);
  expect(risen.heap).toBeLessThanOrEqual(flat);
});

interface Load {
  /** What went wrong, the first of it. */
  readonly failures: readonly string[];
  requests(): number;
  /** The longest time in which nobody was answered, ms. */
  longestSilenceMs(): number;
  end(): Promise<void>;
}

/** Clients that ask one operation after the other until the end, or until something fails. */
function startLoad(asker: Asker): Load {
  const failures: string[] = [];
  const over = new AbortController();
  let [requests, silentTicks, longestSilentTicks] = [0, 0, 0];
  // Counted, not timed: where the machine holds everybody, this process too, the gateway is not to blame.
  const ticking = setInterval(() => void (longestSilentTicks = Math.max(longestSilentTicks, ++silentTicks)), tickMs);
  const client = async (): Promise<void> => {
    while (!over.signal.aborted && failures.length === 0) {
      const text = operationText(requests++);
      const told = await asker.ask(text).catch(String);
      // Data may stand before errors.
      if (!told.startsWith('{"data":') || told.includes('"errors":')) failures.push(`${text}: ${told.slice(0, 1_000)}`);
      silentTicks = 0;
    }
  };
  const running = Array.from({ length: clients }, client);
  return {
    failures,
    requests: () => requests,
    longestSilenceMs: () => longestSilentTicks * tickMs,
    async end() {
      over.abort();
      clearInterval(ticking);
      await Promise.all(running);
    },
  };
}

/** A supergraph nobody had before. */
function withField(sdl: string, change: number): string {
  const changed = sdl.replace(/\n( *)handle: String!( @join__field\([^)]*\))?/, `$&\n$1added${change}: String$2`);
  if (changed === sdl) throw new Error('the supergraph has no handle');
  return changed;
}

/** @returns The middle of the last third divided by that of the second. */
function risenBy(looks: readonly Memory[], what: keyof Memory): number {
  const third = Math.floor(looks.length / 3);
  const middle = (part: readonly Memory[]): number => spread(part.map((look) => look[what])).p50Ms;
  return rounded(middle(looks.slice(-third)) / middle(looks.slice(-2 * third, -third)));
}
