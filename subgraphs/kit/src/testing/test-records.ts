/**
 * Wire records by hand, and the shortest way to put them into a system.
 */
import type { SystemStore } from '../graph/context.ts';
import { type Accepted, type Incoming, acceptRecords } from '../write/accept-records.ts';
import type { Outcome } from '../write/arrival.ts';

/** When a test's records arrive, unless it says otherwise; canonical. */
export const someInstant = '2026-11-01T00:00:00.000000Z';

/** A record to keep, of a published source: what it lacks is a warning. */
export function put(dataset: string, dataKey: string, fields: Readonly<Record<string, string>>): Incoming {
  return sent({ dataset, dataKey, op: 'put', fields });
}

/** A withdrawal. */
export function withdraw(dataset: string, dataKey: string, fields: Readonly<Record<string, string>> = {}): Incoming {
  return sent({ dataset, dataKey, op: 'withdraw', fields });
}

/** Gives records to a system, in one batch. */
export function accept(target: SystemStore, records: readonly Incoming[], receivedAt: string = someInstant): Promise<readonly Accepted[]> {
  return acceptRecords(target, records, receivedAt);
}

/** Gives records to a system and tells what became of them: state and version, or the rules that refused them. */
export async function tell(target: SystemStore, ...records: readonly Incoming[]): Promise<readonly string[]> {
  const answers = await accept(target, records);
  return answers.map(({ outcome, refusals }) => (refusals.length > 0 ? refusals.map(({ rule }) => rule).join(' ') : inWords(outcome)));
}

function inWords(outcome: Outcome | undefined): string {
  return outcome === undefined ? 'nothing' : `${outcome.state} ${outcome.version}`;
}

function sent(record: Incoming['record']): Incoming {
  const title = { DATA_EN: record.dataset, DATA_KEY: record.dataKey, DATA_TYPE: record.op === 'put' ? '1' : '3' };
  const message = { format: 'json', body: JSON.stringify({ title, context: record.fields }) } as const;
  return { record, message, source: { kind: 'PUBLISHED', name: '某平台' } };
}
