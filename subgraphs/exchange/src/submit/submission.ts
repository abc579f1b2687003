/**
 * What was pushed and what became of it: the receipt that a repeat of the same key gets again.
 * @see design/feed.md 4 and 8; control/control.graphql
 */
import type { Violation } from '@hub/schema';

/** Names a submission for ever: another sender or another system, and the same key is another submission. */
export interface SubmissionName {
  /** Code of the system that signed. */
  readonly sender: string;
  /** Code of the system whose records they are. */
  readonly system: string;
  readonly idempotencyKey: string;
}

/** What became of one entry of the body. */
export interface SubmittedRecord {
  /** Line of the body, from 1. */
  readonly line: number;
  readonly outcome: 'ACCEPTED' | 'UNCHANGED' | 'SUPERSEDED' | 'REFUSED';
  /** Empty when it could not be read. */
  readonly dataset: string;
  readonly key: string;
  /** The version it is, or repeats; null: none was kept. */
  readonly version: number | null;
  readonly violations: readonly SubmittedViolation[];
}

/** A violation and where it stands in the body. */
export interface SubmittedViolation extends Pick<Violation, 'rule' | 'field' | 'messageZh' | 'messageEn'> {
  readonly severity: 'REFUSAL' | 'WARNING';
  readonly line: number | null;
}

/** The receipt. */
export interface Submission extends SubmissionName {
  readonly receivedAt: string;
  readonly sha256: string;
  readonly total: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly superseded: number;
  readonly refused: number;
  readonly records: readonly SubmittedRecord[];
}

/** @returns The receipt of what became of all entries. */
export function submissionOf(
  { sender, system, idempotencyKey }: SubmissionName,
  { receivedAt, sha256 }: Pick<Submission, 'receivedAt' | 'sha256'>,
  records: readonly SubmittedRecord[],
): Submission {
  const count = (outcome: SubmittedRecord['outcome']): number => records.filter((record) => record.outcome === outcome).length;
  return {
    sender,
    system,
    idempotencyKey,
    receivedAt,
    sha256,
    total: records.length,
    accepted: count('ACCEPTED'),
    unchanged: count('UNCHANGED'),
    superseded: count('SUPERSEDED'),
    refused: count('REFUSED'),
    records,
  };
}
