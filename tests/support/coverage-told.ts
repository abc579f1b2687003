/**
 * What coverage must say of systems that are missing.
 * @see design/partitioning.md «Coverage lives in the data»
 */
import type { Federation } from './federation.ts';

/** Selects all of a coverage. */
export const wholeCoverage = 'coverage { complete answered { code } missing { system { code name } reason since } retryAfterMs }';

/** Why a system is missing. */
export type Reason = 'TIMEOUT' | 'UNREACHABLE' | 'REFUSED' | 'INVALID_ANSWER' | 'WITHDRAWN';

/** How a missing system is told of. */
export interface Missing {
  readonly system: string;
  readonly reason: Reason;
}

/** How long to wait before asking again a system that answered worthlessly, and one that did not answer. */
const retryAfterMs = { unusable: 1000, away: 500 } as const;

/** @returns The coverage when one system is missing, in an outage that begins now. */
export function coverageWithout({ province, clock }: Federation, { system, reason }: Missing): object {
  const away = reason === 'UNREACHABLE' || reason === 'TIMEOUT';
  return {
    complete: false,
    answered: province.systems
      .map(({ code }) => ({ code }))
      .filter(({ code }) => code !== system)
      .toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    missing: [
      {
        system: { code: system, name: province.systems.find(({ code }) => code === system)?.name },
        reason,
        since: away ? chinaTime(clock.nowMs()) : null,
      },
    ],
    retryAfterMs: away ? retryAfterMs.away : retryAfterMs.unusable,
  };
}

/** @returns The instant as the graph prints it. */
export function chinaTime(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().replace(/(?:\.000)?Z$/, '+08:00');
}
