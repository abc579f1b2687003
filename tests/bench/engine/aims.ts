/**
 * What the figures say of the aims: ratios within one run.
 * @see design/engine.md
 */
import { rounded } from '../stopwatch.ts';
import type { SceneName } from './contestants.ts';
import type { Row } from './rows.ts';

/** Ours by what it is compared with; what was not measured is absent. */
export interface Ratios {
  readonly unlikeToApollo?: number;
  readonly unlikeToHiveRust?: number;
  readonly sameToBestPeer?: number;
  readonly sameToBufferFloor?: number;
  readonly memoryToHiveRust?: number;
  readonly unlikeP99ToP50?: number;
  /** Of requests, and of CPU time for each. */
  readonly scatterToFloor?: number;
  readonly scatterCpuToFloor?: number;
}

const ours = ['hubDirect', 'hub', 'hubScatter', 'hubScatterReference'] as const;
const peers = ['apollo', 'hiveJs', 'hiveRust', 'hiveJsShared', 'hiveRustShared', 'mercurius'] as const;

/** @returns The ratios of each of our entries that was measured. */
export function ratiosOf(rows: readonly Row[]): Readonly<Record<string, Ratios>> {
  const row = (name: string): Row | undefined => rows.find((row) => row.name === name);
  const rate = (name: string, scene: SceneName): number | undefined => row(name)?.scenes?.[scene]?.requestsPerSecond;
  const best = Math.max(0, ...peers.map((name) => rate(name, 'same') ?? 0));
  return Object.fromEntries(
    ours.flatMap((name) => {
      const measured = row(name);
      if (measured?.scenes === undefined) return [];
      const { unlike, scatter } = measured.scenes;
      const ratios = {
        unlikeToApollo: ratio(rate(name, 'unlike'), rate('apollo', 'unlike')),
        unlikeToHiveRust: ratio(rate(name, 'unlike'), rate('hiveRust', 'unlike')),
        sameToBestPeer: ratio(rate(name, 'same'), best),
        sameToBufferFloor: ratio(rate(name, 'same'), rate('floorBuffer', 'same')),
        memoryToHiveRust: unlike === undefined ? undefined : ratio(measured.memoryMiB, row('hiveRust')?.memoryMiB),
        unlikeP99ToP50: ratio(unlike?.p99Ms, unlike?.p50Ms),
        scatterToFloor: ratio(rate(name, 'scatter'), rate('floorScatter', 'scatter')),
        scatterCpuToFloor: ratio(scatter?.cpuMsPerRequest, row('floorScatter')?.scenes?.['scatter']?.cpuMsPerRequest),
      };
      return [[name, Object.fromEntries(Object.entries(ratios).filter(([, value]) => value !== undefined))]];
    }),
  );
}

function ratio(ours: number | undefined, theirs: number | undefined): number | undefined {
  return ours === undefined || theirs === undefined || theirs === 0 ? undefined : rounded(ours / theirs);
}
