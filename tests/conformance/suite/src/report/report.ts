/**
 * What a run of the suite came to, as data; every printed form is made from it. `version` is raised when a field changes its
 * meaning, not when one is added.
 * @see README.md «Report»
 */
import type { Fault, Level, Words } from '../audit.ts';

/** How an audit ended: skipped means that there was nothing to judge. */
export type Outcome = 'passed' | 'failed' | 'skipped';

/** One audit's result. */
export interface Result {
  readonly id: string;
  readonly level: Level;
  readonly title: Words;
  readonly proves: Words;
  readonly source: string;
  readonly remedy: Words;
  readonly outcome: Outcome;
  /** Things judged: rows, pages, answers. */
  readonly judged: number;
  /** Of these, how many break the rule. */
  readonly broken: number;
  /** The first few of them. */
  readonly faults: readonly Fault[];
  /** Why it could not be judged, wholly or in part. */
  readonly reasons: readonly Words[];
  readonly remarks: readonly Words[];
  readonly ms: number;
}

/** Conformant: no MUST failed. Not judged: there was nothing to judge by, which is never good news. */
export type Verdict = 'CONFORMANT' | 'NOT_CONFORMANT' | 'NOT_JUDGED';

/** One run. */
export interface Report {
  readonly format: 'hub-conformance';
  readonly version: 1;
  /** Version of the suite. */
  readonly suite: string;
  readonly url: string;
  /** Code of the system; empty when it could not be learnt. */
  readonly system: string;
  readonly contracts: readonly { readonly name: string; readonly title: string; readonly version: string; readonly edition: string }[];
  /** Instant at which the run began, `+08:00`. */
  readonly startedAt: string;
  readonly ms: number;
  /** Questions asked. */
  readonly questions: number;
  /** Rows the audits judged by. */
  readonly rows: number;
  readonly verdict: Verdict;
  readonly results: readonly Result[];
}

/** @returns What the results come to. @param noRows - Audits wanted rows, and there were none. */
export function verdictOf(results: readonly Pick<Result, 'level' | 'outcome'>[], noRows: boolean): Verdict {
  if (results.some(({ level, outcome }) => level === 'MUST' && outcome === 'failed')) return 'NOT_CONFORMANT';
  if (noRows || results.every(({ outcome }) => outcome === 'skipped')) return 'NOT_JUDGED';
  return 'CONFORMANT';
}

/** @returns How many results ended how. */
export function countsOf(results: readonly Pick<Result, 'outcome'>[]): Readonly<Record<Outcome, number>> {
  const count = (wanted: Outcome): number => results.filter(({ outcome }) => outcome === wanted).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** The verdict in words. */
export const verdictWords: Readonly<Record<Verdict, Words>> = {
  CONFORMANT: { zh: '合规', en: 'conformant' },
  NOT_CONFORMANT: { zh: '不合规', en: 'not conformant' },
  NOT_JUDGED: { zh: '无从判断，不算通过', en: 'could not be judged, which is no pass' },
};
