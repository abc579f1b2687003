/**
 * Which gateway answers how much on one core: each alone at a time on core 0, subgraphs and load on core 1, in rounds whose
 * turns interleave, so that whatever else the machine does meets all.
 * @see design/engine.md
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { cpuMs, pssBytes } from '../../support/process-usage.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { rounded } from '../stopwatch.ts';
import { ratiosOf } from './aims.ts';
import { type Contestant, contestants, type SceneName, scenes } from './contestants.ts';
import { type GatewayOrder, gatewayOrder } from './gateways/order.ts';
import { composedShops } from './laws.ts';
import { installPeers, peersFolder, peerVersions } from './peers.ts';
import { type Ask, asksOf } from './questions.ts';
import { middle, type Result, type Row, type Spent, type Told, told } from './rows.ts';

/** How long and what to measure. */
export interface BenchOptions {
  readonly rounds: number;
  /** Of each contestant in each scene, s. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: number;
  /** Different operations asked once each. */
  readonly coldOperations: number;
  /** Names of contestants; all when empty. */
  readonly only: readonly string[];
  readonly scenes: readonly SceneName[];
  readonly say: (line: string) => void;
}

const [gatewayCore, otherCore] = [0, 1];
const mebibyte = 1 << 20;
/** Processes that want a core, before the first of ours. */
const quietLoad = 0.5;
const here = import.meta.dirname;

const subgraphsReady = z.object({
  endpoints: z.array(z.object({ name: z.enum(['accounts', 'products', 'inventory', 'reviews']), url: z.string() })),
  systems: gatewayOrder.shape.systems,
  floor: z.string(),
});
const counted = z.object({ requests: z.number(), leftToReference: z.number() });

interface Running {
  readonly contestant: Contestant;
  readonly gateway: Program<{ readonly url: string }>;
  readonly results: Map<SceneName, Result[]>;
  readonly firstMs: number;
  readonly fetches: number;
}

/** @returns Everything measured, as data. */
export async function benchEngine(options: BenchOptions): Promise<Readonly<Record<string, unknown>> & { readonly rows: readonly Row[] }> {
  const { say, rounds } = options;
  const loadAtStart = loadavg();
  if ((loadAtStart[0] ?? 0) > quietLoad) say('… 机器正忙，数字不可信  The machine is busy, the figures mean little');
  const chosen = contestants.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  const missing = await installPeers([...new Set(chosen.flatMap(({ peer }) => peer ?? []))], say);
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-engine-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const subgraphs = opened.use(
    await startProgram(join(here, 'subgraphs-process.ts'), { order: {}, ready: subgraphsReady, core: otherCore }),
  );
  const load = opened.use(
    await startProgram(join(here, 'load-process.ts'), { order: {}, ready: z.object({ ready: z.literal(true) }), core: otherCore }),
  );
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, composedShops(subgraphs.ready.endpoints));
  const { endpoints, systems, floor } = subgraphs.ready;
  const order = { supergraph, endpoints, systems, floor, peers: peersFolder };

  const running: Running[] = [];
  const reasons = new Map<string, string>();
  for (const contestant of chosen) {
    const why = contestant.program === undefined ? 'there is no such entry' : contestant.peer && missing.get(contestant.peer);
    if (why !== undefined) {
      reasons.set(contestant.name, why);
      continue;
    }
    say(`… 启动 ${contestant.zh}  Starting ${contestant.en}`);
    try {
      const gateway = opened.use(await startGateway(contestant, order));
      const before = await subgraphs.ask({}, counted);
      const asks = asksFor(contestant, contestant.scenes[0] ?? 'same', options).slice(0, 1);
      const first = await measured(load, { url: gateway.ready.url, asks, once: true, options });
      if (first.errors + first.differing > 0) throw new Error(first.firstFault);
      const fetches = (await subgraphs.ask({}, counted)).requests - before.requests;
      running.push({ contestant, gateway, results: new Map(), firstMs: rounded(first.p50Ms), fetches });
    } catch (cause) {
      reasons.set(contestant.name, cause instanceof Error ? cause.message.slice(0, 500) : String(cause));
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const scene of options.scenes) {
      for (const { contestant, gateway, results } of running) {
        if (!contestant.scenes.includes(scene)) continue;
        const asks = asksFor(contestant, scene, { ...options, round });
        const used = (): Spent => ({ gateway: cpuMs(gateway.pid), subgraphs: cpuMs(subgraphs.pid), load: cpuMs(load.pid) });
        let before = used();
        const onWarm = (): void => void (before = used());
        const once = scenes[scene].requests === 'once';
        const result = await measured(load, { url: gateway.ready.url, asks, once, options, onWarm });
        const after = used();
        const spentMs = {
          gateway: after.gateway - before.gateway,
          subgraphs: after.subgraphs - before.subgraphs,
          load: after.load - before.load,
        };
        const known = results.get(scene) ?? [];
        results.set(scene, [...known, told(result, spentMs)]);
        say(`… ${round + 1}/${rounds} ${scene} ${contestant.name}: ${Math.round(result.requests / result.seconds)}/s`);
      }
    }
  }
  const { leftToReference } = await subgraphs.ask({}, counted);
  const rows = chosen.map(({ name, zh, en }): Row => {
    const ran = running.find(({ contestant }) => contestant.name === name);
    if (ran === undefined) return { name, zh, en, notMeasured: reasons.get(name) ?? 'unknown' };
    const memoryMiB = rounded(pssBytes(ran.gateway.pid) / mebibyte);
    const inScenes = Object.fromEntries(Array.from(ran.results, ([scene, results]) => [scene, middle(results)]));
    return { name, zh, en, firstMs: ran.firstMs, fetches: ran.fetches, memoryMiB, scenes: inScenes };
  });
  const { rounds: inRounds, seconds, connections, coldOperations } = options;
  return {
    loadAtStart: loadAtStart.map(rounded),
    setting: { rounds: inRounds, seconds, connections, coldOperations },
    peers: await peerVersions(),
    questionsLeftToGraphqlJs: leftToReference,
    ratios: ratiosOf(rows),
    rows,
  };
}

async function startGateway({ program, env, form }: Contestant, order: Omit<GatewayOrder, 'form'>): Promise<Running['gateway']> {
  const ready = z.object({ url: z.string() });
  // Its settings are its own, not those of whoever measures.
  const file = join(here, `gateways/${program}-process.ts`);
  return startProgram(file, { order: { ...order, form }, ready, env: { APOLLO_TELEMETRY_DISABLED: '1', ...env }, core: gatewayCore });
}

function asksFor(
  { small }: Contestant,
  scene: SceneName,
  { coldOperations, round = 0 }: { readonly coldOperations: number; readonly round?: number },
): readonly Ask[] {
  const { question, requests } = scenes[scene];
  return asksOf(small ? 'small' : question, { requests, texts: coldOperations, from: round * coldOperations });
}

interface Measuring {
  readonly url: string;
  readonly asks: readonly Ask[];
  readonly once: boolean;
  readonly options: BenchOptions;
  readonly onWarm?: () => void;
}

async function measured(load: Program<unknown>, { url, asks, once, options, onWarm = () => {} }: Measuring): Promise<Told> {
  const connections = once ? 1 : options.connections;
  const begin = { url, asks, connections, warmUp: options.warmUpSeconds, compareEvery: 25, once };
  await load.ask({ begin }, z.object({ warm: z.literal(true) }));
  onWarm();
  return load.ask({ measure: { seconds: options.seconds } }, toldByLoad);
}

const toldByLoad = z.object({
  requests: z.number(),
  seconds: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  bytes: z.number(),
  errors: z.number(),
  compared: z.number(),
  differing: z.number(),
  firstFault: z.string().optional(),
});
