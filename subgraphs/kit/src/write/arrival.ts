/**
 * What comes to the one function that writes, and what it answers.
 * @see design/feed.md 4
 */
import { canonicalInstant, wireValue } from '@hub/schema';

import type { StoredDataset } from '../store/store.ts';

/** Where a record came from. */
export interface RecordSource {
  readonly kind: 'SYSTEM' | 'PUBLISHED' | 'DEMONSTRATION';
  readonly name?: string | undefined;
  readonly url?: string | undefined;
}

/** A warning kept with a record; never the value. */
export interface StoredWarning {
  readonly rule: string;
  readonly field: string | null;
  readonly message: string;
}

/**
 * Why a record is withdrawn. SENDER: its sender says so (DATA_TYPE 3). VANISHED: it is no longer in the source that is
 * followed. MOVED: it belongs to another system now.
 */
export type WithdrawalReason = 'SENDER' | 'VANISHED' | 'MOVED';

/** One valid record on its way into the store. */
export interface Arrival {
  readonly stored: StoredDataset;
  /** The sender's DATA_KEY, or the dataset's key fields. */
  readonly key: string;
  readonly op: 'put' | 'withdraw';
  readonly wire: Readonly<Record<string, string>>;
  /** Content hash; leaves out DATA_TIMESTAMP. */
  readonly hash: string;
  readonly source: RecordSource;
  readonly warnings: readonly StoredWarning[];
  /** Of a withdrawal; SENDER when nothing is said. */
  readonly reason?: WithdrawalReason | undefined;
  /** Code of the system that a withdrawn record went to, or a put one came from. */
  readonly moved?: string | undefined;
  /** The message as it came. */
  readonly message: { readonly format: 'json' | 'xml'; readonly body: string };
}

/**
 * ACCEPTED: a new version. UNCHANGED: a repeat, nothing is added; `version` is the one it repeats. SUPERSEDED: older than what
 * stands, kept as history. UNKNOWN: a withdrawal of a record that never was.
 */
export interface Outcome {
  readonly key: string;
  readonly version: number;
  readonly state: 'ACCEPTED' | 'UNCHANGED' | 'SUPERSEDED' | 'UNKNOWN';
}

/** A record and what was decided about it. */
export interface Decided {
  readonly arrival: Arrival;
  readonly outcome: Outcome;
}

/** @returns When the sender says it made the record: a canonical instant, which sorts as text; null when it does not say. */
export function sentAt({ wire }: Pick<Arrival, 'wire'>): string | null {
  return canonicalInstant(wireValue(wire, 'DATA_TIMESTAMP') ?? '') ?? null;
}

/** @returns What tells the records of a batch apart. */
export function recordName({ stored, key }: Pick<Arrival, 'stored' | 'key'>): string {
  return `${stored.dataset.code}\n${key}`;
}
