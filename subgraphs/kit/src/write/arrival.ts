/**
 * What comes to the one function that writes, and what it answers.
 * @see design/feed.md 4
 */
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
  /** The message as it came. */
  readonly message: { readonly format: 'json' | 'xml'; readonly body: string };
}

/**
 * ACCEPTED: a new version. UNCHANGED: same content as the head, nothing written. SUPERSEDED: older than the head, kept as
 * history. UNKNOWN: a withdrawal of a record that is not there.
 */
export interface Outcome {
  readonly key: string;
  readonly version: number;
  readonly state: 'ACCEPTED' | 'UNCHANGED' | 'SUPERSEDED' | 'UNKNOWN';
}
