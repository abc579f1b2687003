/**
 * What was measured, as numbers that can be compared.
 */
import { rounded, spread } from '../stopwatch.ts';

/** What the load saw in one turn. */
export interface Told {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bytes: number;
  readonly errors: number;
  readonly compared: number;
  readonly differing: number;
  readonly firstFault?: string | undefined;
}

/** One turn, or the middle of several. */
export interface Result {
  readonly requestsPerSecond: number;
  /** Of the gateway. */
  readonly cpuMsPerRequest: number;
  /** What its core would answer if it were never kept waiting. */
  readonly perCoreSecond: number;
  readonly subgraphsCpuMsPerRequest: number;
  readonly loadCpuMsPerRequest: number;
  /** How busy subgraphs and load kept the other core: near 1 it is they who are measured. */
  readonly otherCoreShare: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly answerBytes: number;
  readonly errors: number;
  readonly compared: number;
  readonly differing: number;
  readonly firstFault?: string | undefined;
}

/** A contestant's line of the table. */
export interface Row {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly notMeasured?: string;
  /** The first request after the start, ms. */
  readonly firstMs?: number;
  /** Requests to subgraphs for the nested question. */
  readonly fetches?: number;
  /** After the run. */
  readonly memoryMiB?: number;
  readonly scenes?: Readonly<Record<string, Result>>;
}

/** CPU time of a turn, ms. */
export interface Spent {
  readonly gateway: number;
  readonly subgraphs: number;
  readonly load: number;
}

/** @returns One turn by request. */
export function told({ requests, seconds, bytes, ...rest }: Told, spentMs: Spent): Result {
  const by = Math.max(1, requests);
  return {
    requestsPerSecond: requests / seconds,
    cpuMsPerRequest: spentMs.gateway / by,
    perCoreSecond: spentMs.gateway === 0 ? 0 : (1000 * requests) / spentMs.gateway,
    subgraphsCpuMsPerRequest: spentMs.subgraphs / by,
    loadCpuMsPerRequest: spentMs.load / by,
    otherCoreShare: (spentMs.subgraphs + spentMs.load) / (seconds * 1000),
    answerBytes: bytes / by,
    ...rest,
  };
}

/** @returns The middle of each number over the rounds; what went wrong adds up. */
export function middle(results: readonly Result[]): Result {
  const mid = (pick: (result: Result) => number): number => rounded(spread(results.map(pick)).p50Ms);
  const sum = (pick: (result: Result) => number): number => results.reduce((total, result) => total + pick(result), 0);
  const fault = results.find(({ firstFault }) => firstFault !== undefined)?.firstFault;
  return {
    requestsPerSecond: mid(({ requestsPerSecond }) => requestsPerSecond),
    cpuMsPerRequest: mid(({ cpuMsPerRequest }) => cpuMsPerRequest),
    perCoreSecond: mid(({ perCoreSecond }) => perCoreSecond),
    subgraphsCpuMsPerRequest: mid(({ subgraphsCpuMsPerRequest }) => subgraphsCpuMsPerRequest),
    loadCpuMsPerRequest: mid(({ loadCpuMsPerRequest }) => loadCpuMsPerRequest),
    otherCoreShare: mid(({ otherCoreShare }) => otherCoreShare),
    p50Ms: mid(({ p50Ms }) => p50Ms),
    p99Ms: mid(({ p99Ms }) => p99Ms),
    answerBytes: mid(({ answerBytes }) => answerBytes),
    errors: sum(({ errors }) => errors),
    compared: sum(({ compared }) => compared),
    differing: sum(({ differing }) => differing),
    ...(fault === undefined ? {} : { firstFault: fault }),
  };
}
