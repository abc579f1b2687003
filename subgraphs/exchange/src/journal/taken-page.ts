/**
 * What the harvest brings to the journal, and what it is answered.
 * @see design/feed.md 5 and 8
 */
import type { FeedEntry } from '@hub/kit';
import type { Violation } from '@hub/schema';

/** A position whose change could not be read: it counts as refused. */
export interface UnusableEntry {
  readonly position: number;
  /** As it came, 64 KiB at the most. */
  readonly raw: string;
  readonly violation: Violation;
}

/** One position of a system's feed. */
export type TakenEntry = FeedEntry | UnusableEntry;

/** A page of a system's feed, checked to be what was asked for. */
export interface TakenPage {
  readonly system: string;
  readonly epoch: string;
  /** Positions it is complete for; in the feed itself each of them has its entry. `to` is one less than `from` when it is empty. */
  readonly scanned: { readonly from: number; readonly to: number };
  readonly entries: readonly TakenEntry[];
  /** Where to go on. */
  readonly cursor: string;
  /** The system's last position. */
  readonly head: number;
  /** Position whose state is told; null in the feed itself. */
  readonly snapshot: number | null;
  /** Canonical instant. */
  readonly heardAt: string;
  /** How far the system's clock is before ours; undefined when it was not measured. */
  readonly offsetMs: number | undefined;
}

/** What became of a page, or of what was taken of it before. */
export interface Taken {
  /** Position through which the system's feed is taken now. */
  readonly position: number;
  readonly accepted: number;
  readonly refused: number;
  readonly waiting: number;
}

/** Whether an entry could not be read. */
export function isUnusable(entry: TakenEntry): entry is UnusableEntry {
  return 'raw' in entry;
}
