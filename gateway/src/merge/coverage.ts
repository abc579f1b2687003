/**
 * Which systems an answer was built from, and which are missing and why: part of the data, because those who embed a query
 * drop `extensions`.
 * @see design/partitioning.md «Coverage lives in the data»
 */
import { compareBytes, printInstant } from '@hub/schema';

/** Why a system is missing from an answer. */
export type MissingReason = 'TIMEOUT' | 'UNREACHABLE' | 'REFUSED' | 'INVALID_ANSWER' | 'WITHDRAWN';

/** A system as coverage names it. */
export interface CoveredSystem {
  readonly code: string;
  readonly name: string;
}

/** A system that did not contribute. */
export interface Absence {
  readonly system: CoveredSystem;
  readonly reason: MissingReason;
  /** When its present outage began, ms since 1970; undefined when that is not known. */
  readonly sinceMs: number | undefined;
  /** When asking it again makes sense; undefined for a withdrawn system. */
  readonly retryAfterMs: number | undefined;
  /** It was the operation's time that was over, not the system's own. */
  readonly overtime?: true;
}

/** The value of a `Coverage` field, before it is cut to the client's selection. */
export interface Coverage {
  readonly complete: boolean;
  readonly answered: readonly CoveredSystem[];
  readonly missing: readonly { readonly system: CoveredSystem; readonly reason: MissingReason; readonly since: string | null }[];
  readonly retryAfterMs: number | null;
}

/** @returns When asking again may bring the first of the missing systems back, ms; undefined when none of them ever comes. */
export function soonestMs(absent: readonly Absence[]): number | undefined {
  const waits = absent.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  return waits.length === 0 ? undefined : Math.min(...waits);
}

/** @returns Coverage with both lists ordered by system code. */
export function coverageOf(answered: readonly CoveredSystem[], absent: readonly Absence[]): Coverage {
  return {
    complete: absent.length === 0,
    answered: answered.toSorted((a, b) => compareBytes(a.code, b.code)),
    missing: absent
      .toSorted((a, b) => compareBytes(a.system.code, b.system.code))
      .map(({ system, reason, sinceMs }) => ({ system, reason, since: sinceMs === undefined ? null : instant(sinceMs) })),
    retryAfterMs: soonestMs(absent) ?? null,
  };
}

function instant(ms: number): string {
  return printInstant(new Date(ms).toISOString().replace('Z', '000Z'));
}
