/**
 * What the harvest needs of the journal: to know how far a source is taken, to hand a page on, to look at what was taken before,
 * and to say how the source does.
 * @see design/feed.md 5 and 8
 */
import type { Taken, TakenPage } from '../journal/taken-page.ts';

import type { SourceFaultCode } from './source-faults.ts';

/** How far a source is taken. */
export interface Harvested {
  /** Null until a first page was taken. */
  readonly epoch: string | null;
  /** Taken through. */
  readonly position: number;
  /** Position of the snapshot with which the epoch began; 0: it is taken from its beginning. */
  readonly snapshot: number;
  /** Where to go on; null: nothing says it but the position. */
  readonly cursor: string | null;
  /** When it is to be asked again, while it is at fault; canonical instant. */
  readonly retryAt?: string | null;
}

/** Positions of one source. */
export interface HarvestedRange {
  readonly system: string;
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
}

/** A source that could not be taken. */
export interface NotedFault {
  readonly code: SourceFaultCode;
  readonly zh: string;
  readonly en: string;
  readonly evidence: string;
  readonly retryAtMs: number;
}

/** The journal, as the harvest sees it. */
export interface HarvestJournal {
  /** @returns undefined: nothing was taken yet. */
  read(system: string): Promise<Harvested | undefined>;
  /** One transaction or several; what was taken before is taken once. An empty page says that the source was heard. */
  take(page: TakenPage): Promise<Taken>;
  /** @returns Content hash by position, of changes that were taken. */
  hashes(range: HarvestedRange): Promise<ReadonlyMap<number, string>>;
  fault(system: string, fault: NotedFault): Promise<void>;
  well(system: string): Promise<void>;
}
