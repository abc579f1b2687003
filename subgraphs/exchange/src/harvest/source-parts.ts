/**
 * What the harvest of one source works with, shared by all sources; and its bounds.
 * @see README «采集 Harvest»
 */
import type { Clock } from '@hub/kit/process';

import type { Line } from './ask-system.ts';
import type { HarvestJournal } from './harvest-journal.ts';
import type { Turns } from './turns.ts';

/** Bounds of the harvest. */
export interface HarvestLimits {
  /** How long a system may wait for something new before it answers, ms; 20,000 at the most. */
  readonly waitMs: number;
  /** Time for the head of an answer, beyond the waiting, ms. */
  readonly headMs: number;
  /** Time for the body of a page, ms. */
  readonly bodyMs: number;
  /** Time for a closed segment as a whole, ms; what was taken of it stays. */
  readonly segmentMs: number;
  /** Bytes of a page once unpacked, or of a line of a segment. */
  readonly maxBytes: number;
  /** Bytes of a page that anybody may hold at any time. */
  readonly freeBytes: number;
  /** Changes asked for at once. */
  readonly first: number;
  /** Positions behind from which on closed segments are taken. */
  readonly farBehind: number;
  /** Between two questions to a source that has nothing and does not wait, ms. */
  readonly idleMs: number;
}

/** As it is run. */
export const usualLimits: HarvestLimits = {
  waitMs: 20_000,
  headMs: 15_000,
  bodyMs: 30_000,
  segmentMs: 300_000,
  maxBytes: 16 * 1024 * 1024,
  freeBytes: 256 * 1024,
  first: 1_000,
  farBehind: 20_000,
  idleMs: 1_000,
};

/** One system whose feed is followed. */
export interface SourceRow {
  readonly code: string;
  /** Of its graph; the feed stands beside it. */
  readonly url: string;
}

/** Shared by all sources. */
export interface HarvestParts {
  readonly line: Line;
  readonly journal: HarvestJournal;
  readonly limits: HarvestLimits;
  /** Large bodies that are held at once. */
  readonly large: Turns;
  /** Pages that are checked and written at once. */
  readonly work: Turns;
  readonly clock: Clock;
}
