/**
 * The lots whose bids are to be kept: one for each way in which an opening and a result become known, with what the law says
 * of when its seals end. Judged by hand here, not by the code under test.
 * @see design/graph.md «Who sees what», schema/directives.graphql @deal
 */

import type { Milestone } from '@hub/schema';

/** When the openings and results of the story happen, ms since 1970; the clock of the tests stands between them. */
export const moments = {
  past: Date.parse('2026-10-01T01:00:00Z'),
  before: Date.parse('2026-11-22T04:00:00Z'),
  opening: Date.parse('2026-12-01T01:30:00Z'),
  /** The end of the opening's day, in UTC+8. */
  dayAfter: Date.parse('2026-12-01T16:00:00Z'),
  postponed: Date.parse('2026-12-08T01:30:00Z'),
  result: Date.parse('2026-12-20T08:00:00Z'),
  after: Date.parse('2027-01-10T00:00:00Z'),
} as const;

/** One lot and what is told of it. */
export interface Lot {
  readonly name: string;
  /** Its tender project; lots of one project share it. */
  readonly project: string;
  /** Whether the system has the lot itself, or only records that name it. */
  readonly known: boolean;
  /** Opening times that its records tell: none, one, or one and what it was postponed to. */
  readonly opens: readonly number[];
  /** What tells it names the project only, in contracts that have such records. */
  readonly byProject?: boolean;
  /** The opening is told as a day, without a time. */
  readonly dayOnly?: boolean;
  /** Decisions: an award, and an abnormal end, in contracts that have such. */
  readonly award?: number;
  readonly end?: { readonly at: number; readonly state: 'FAILED' | 'TERMINATED' };
  /** When bids may be read, and when evaluators may. */
  readonly opensMs: number;
  readonly decidedMs: number;
}

const { past, opening, dayAfter, postponed, result } = moments;
const never = Infinity;
const day = 86_400_000;

/** Every story. */
export const lots: readonly Lot[] = [
  {
    name: 'plain',
    project: 'A',
    known: true,
    opens: [opening],
    award: result,
    opensMs: opening,
    decidedMs: result,
  },
  {
    name: 'postponed',
    project: 'A',
    known: true,
    opens: [opening, postponed],
    award: result,
    opensMs: postponed,
    decidedMs: result,
  },
  {
    name: 'of the project',
    project: 'F',
    known: true,
    opens: [opening],
    byProject: true,
    award: result,
    opensMs: opening,
    decidedMs: result,
  },
  {
    name: 'told as a day',
    project: 'B',
    known: true,
    opens: [opening],
    dayOnly: true,
    award: result,
    opensMs: dayAfter,
    decidedMs: result,
  },
  { name: 'awarded, opening untold', project: 'C', known: true, opens: [], award: result, opensMs: result, decidedMs: result },
  { name: 'nothing told', project: 'C', known: true, opens: [], opensMs: never, decidedMs: never },
  { name: 'unknown', project: 'C', known: false, opens: [], opensMs: never, decidedMs: never },
  { name: 'opened, undecided', project: 'D', known: true, opens: [past], opensMs: past, decidedMs: never },
  { name: 'all over', project: 'D', known: true, opens: [past], award: past + day, opensMs: past, decidedMs: past + day },
  {
    name: 'given up',
    project: 'D',
    known: true,
    opens: [opening],
    end: { at: past, state: 'TERMINATED' },
    opensMs: opening,
    decidedMs: never,
  },
  // Bids of the second round come under the code of the first, whose failure is decided long since.
  {
    name: 'tendered again',
    project: 'E',
    known: true,
    opens: [opening],
    end: { at: past, state: 'FAILED' },
    opensMs: opening,
    decidedMs: never,
  },
  {
    name: 'tendered again, awarded',
    project: 'E',
    known: true,
    opens: [opening],
    end: { at: past, state: 'FAILED' },
    award: result,
    opensMs: opening,
    decidedMs: result,
  },
];

/** @returns When this milestone has come for all of the lots. */
export function latest(named: readonly Lot[], until: Milestone): number {
  return Math.max(...named.map(({ opensMs, decidedMs }) => (until === 'OPENING' ? opensMs : decidedMs)));
}
