/**
 * Times two sides in one run, in turns, so that whatever else the machine does meets both; what counts is their ratio.
 */
import { sizeOf } from '../support/sizes.ts';

/** A measurement that takes longer hangs. It says nothing about what is measured. */
export const patience = { timeout: sizeOf({ test: 120_000, prove: 3_600_000 }) } as const;

/** Ours and what it is compared with. */
export interface Sides<T> {
  readonly ours: T;
  readonly peer: T;
}

/** How to time. */
export interface Timing {
  /** Runs of each side that count. */
  readonly count: number;
  /** Runs of each side before those. */
  readonly warmUp: number;
  /** Runs of one side at the same time. */
  readonly concurrency: number;
}

/** Middle and tail of some times. */
export interface Spread {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly meanMs: number;
}

/** Both sides, and ours divided by the peer's. */
export interface Comparison extends Sides<Spread> {
  readonly p50Ratio: number;
  readonly p95Ratio: number;
}

/** One run of a side. */
export type Act = () => Promise<unknown>;

/** Runs in one turn of a side, for each that runs at the same time. */
const runsPerTurn = 5;

/** @returns What the two sides took. */
export async function sideBySide({ ours, peer }: Sides<Act>, { count, warmUp, concurrency }: Timing): Promise<Comparison> {
  const oursMs: number[] = [];
  const peerMs: number[] = [];
  await several(ours, warmUp, concurrency);
  await several(peer, warmUp, concurrency);
  const turn = concurrency === 1 ? 1 : concurrency * runsPerTurn;
  for (let done = 0; done < count; done += turn) {
    const runs = Math.min(turn, count - done);
    // Who goes first changes from turn to turn.
    const oursFirst = (done / turn) % 2 === 0;
    if (oursFirst) oursMs.push(...(await several(ours, runs, concurrency)));
    peerMs.push(...(await several(peer, runs, concurrency)));
    if (!oursFirst) oursMs.push(...(await several(ours, runs, concurrency)));
  }
  return compared({ ours: spread(oursMs), peer: spread(peerMs) });
}

/** Runs something `count` times, `concurrency` at a time. @returns The time of each run, ms. */
export async function several(act: Act, count: number, concurrency: number): Promise<readonly number[]> {
  const timesMs: number[] = [];
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun < count) {
      begun++;
      const startedMs = performance.now();
      await act();
      timesMs.push(performance.now() - startedMs);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return timesMs;
}

/** @returns Middle and tail of times in ms. */
export function spread(timesMs: readonly number[]): Spread {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  const sum = sorted.reduce((total, ms) => total + ms, 0);
  return { count: sorted.length, p50Ms: rounded(at(0.5)), p95Ms: rounded(at(0.95)), meanMs: rounded(sum / sorted.length) };
}

function compared({ ours, peer }: Sides<Spread>): Comparison {
  return { ours, peer, p50Ratio: rounded(ours.p50Ms / peer.p50Ms), p95Ratio: rounded(ours.p95Ms / peer.p95Ms) };
}

/** @returns The number with three digits that mean something. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
