/**
 * What was decided about one position of a system's feed, before the transaction that journals it.
 * @see design/feed.md 3
 */
import type { Violation } from '@hub/schema';

import type { TakenEntry } from '../journal/taken-page.ts';

/** Where a change stands; a waiting one becomes one of the others, and those stay. */
export type ChangeState = 'ACCEPTED' | 'REFUSED' | 'WAITING';

/** A business code, upper case, by which others find the record. */
export interface RecordCode {
  readonly field: string;
  readonly value: string;
}

/** A record that is missing, by its business code. */
export interface Awaited {
  /** The rule that asks for it. */
  readonly rule: string;
  readonly dataset: string;
  readonly field: string;
  readonly value: string;
  /** System in which it is looked for; null: in all of them. */
  readonly within: string | null;
}

/** One entry and what was decided. */
export interface Judgement {
  readonly entry: TakenEntry;
  readonly state: ChangeState;
  readonly violations: readonly Violation[];
  /** Codes under which the record stands once this is accepted; none for a withdrawal. */
  readonly codes: readonly RecordCode[];
  /** What a waiting change waits for; nothing: for an earlier change of its record. */
  readonly awaited: readonly Awaited[];
  /** When a waiting change is decided without it, canonical instant; null unless it waits. */
  readonly until: string | null;
}

/** @returns The judgement of a change that is refused. */
export function refused(entry: TakenEntry, violations: readonly Violation[]): Judgement {
  return { entry, state: 'REFUSED', violations, codes: [], awaited: [], until: null };
}
