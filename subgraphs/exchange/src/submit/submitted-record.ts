/**
 * What a sender is told of one entry: its outcome and every violation at once, with the line it stands on; never a value.
 * @see schema/PROTOCOL.md 7
 */
import type { Accepted, WireFound, WireProblem } from '@hub/kit';
import type { Violation } from '@hub/schema';

import type { SubmittedRecord, SubmittedViolation } from './submission.ts';

/** @returns What is told of a place that could not be read. */
export function unreadable({ line, problem }: WireProblem): SubmittedRecord {
  const violation = {
    rule: 'MESSAGE_UNREADABLE',
    severity: 'REFUSAL',
    field: '',
    line,
    messageZh: problem.zh,
    messageEn: problem.en,
  } as const;
  return { line, outcome: 'REFUSED', dataset: '', key: '', version: null, violations: [violation] };
}

/** @returns What is told of a record that was taken, or refused. */
export function taken(found: WireFound, { outcome, refusals, warnings }: Accepted, key: string | undefined): SubmittedRecord {
  const { line, record } = found;
  const { dataset } = record;
  const violations = [...refusals, ...warnings].map((violation) => told(violation, found));
  if (outcome === undefined || outcome.state === 'UNKNOWN') {
    return { line, outcome: 'REFUSED', dataset, key: showable(key, refusals), version: null, violations };
  }
  return { line, outcome: outcome.state, dataset, key: outcome.key, version: outcome.version, violations };
}

/** @returns What is told of a record that was not even tried. */
export function refusedBy(violation: Violation, found: WireFound, key: string): SubmittedRecord {
  const { line, record } = found;
  return { line, outcome: 'REFUSED', dataset: record.dataset, key, version: null, violations: [told(violation, found)] };
}

function told({ rule, severity, field, messageZh, messageEn }: Violation, { line, fieldLines }: WireFound): SubmittedViolation {
  const at = field === '' ? line : (fieldLines[field] ?? line);
  return { rule, severity: severity === 'refusal' ? 'REFUSAL' : 'WARNING', field, line: at, messageZh, messageEn };
}

/** A key with a person's number in it is refused, and not kept in a receipt either. */
function showable(key: string | undefined, refusals: readonly Violation[]): string {
  return key === undefined || refusals.some(({ rule }) => rule === personNumber) ? '' : key;
}

const personNumber = 'KEY_PERSON_NUMBER';
