/**
 * What a gateway reports of usage, held against its bounds before anything is kept.
 * @see schema/PROTOCOL.md 12
 */
import { createHash } from 'node:crypto';

import { refused } from '../control/refused.ts';
import { dayOf, daysBefore } from './days.ts';

/** A batch as `reportUsage` takes it. */
export interface UsageReport {
  /** Of one run of a gateway: random, the same until it ends. */
  readonly run: string;
  /** From 1 on, growing; what was taken is not taken again. */
  readonly batch: number;
  readonly operations: readonly ReportedOperation[];
}

/** An operation and its counts. */
export interface ReportedOperation {
  readonly text: string;
  /** Coordinates that the document itself uses. */
  readonly fields: readonly string[];
  /** Coordinates that its variables used. */
  readonly given: readonly string[];
  readonly counts: readonly ReportedCount[];
}

/** Requests of one client in one hour. */
export interface ReportedCount {
  readonly hour: Date;
  readonly client: string;
  readonly requests: number;
  readonly errors: number;
}

/** An operation that can be kept. */
export interface ReadOperation extends Pick<ReportedOperation, 'text' | 'fields' | 'given'> {
  readonly sha256: string;
  readonly fieldsSha256: string;
  readonly counts: readonly ReadCount[];
}

/** Requests of one client on one day. */
export interface ReadCount {
  readonly day: string;
  readonly client: string;
  readonly requests: number;
  readonly errors: number;
}

const most = { operations: 500, counts: 5000, fields: 5000, text: 20_000, coordinate: 300, client: 64 } as const;
/** A gateway that was cut off for longer is believed all the same: its counts go to the first of these days. */
const oldestDays = 14;

const shapes = {
  run: /^[\w-]{16,64}$/,
  // Punctuation of GraphQL and names; the last place may say that it was cut.
  text: /^[\x20-\x7e]+…?$/,
  coordinate: /^[_A-Za-z]\w*(?:\.[_A-Za-z]\w*(?:\([_A-Za-z]\w*:\))?)?$/,
  client: /^[\p{L}\p{N}._:@/+-]+$/u,
} as const;

/** @throws HubError REGISTRATION_INVALID, naming the first thing that is beyond its bounds. */
export function readReport({ run, batch, operations }: UsageReport, nowMs: number): readonly ReadOperation[] {
  const counts = operations.reduce((sum, operation) => sum + operation.counts.length, 0);
  assertBounds('run', shapes.run.test(run));
  assertBounds('batch', batch >= 1);
  assertBounds('operations', operations.length <= most.operations && counts <= most.counts);
  const read = new Map<string, ReadOperation>();
  for (const operation of operations) {
    const one = readOperation(operation, nowMs);
    const same = read.get(one.sha256);
    read.set(one.sha256, same === undefined ? one : joined(same, one));
  }
  return [...read.values()];
}

/** Two with one signature, as long ones that were cut may be. */
function joined(a: ReadOperation, b: ReadOperation): ReadOperation {
  const fields = [...new Set([...a.fields, ...b.fields])].toSorted();
  const given = [...new Set([...a.given, ...b.given])];
  return { ...a, fields, given, fieldsSha256: digest(fields.join('\n')), counts: [...a.counts, ...b.counts] };
}

function readOperation({ text, fields, given, counts }: ReportedOperation, nowMs: number): ReadOperation {
  assertBounds('text', text.length <= most.text && shapes.text.test(text));
  assertBounds('counts', counts.length > 0);
  assertBounds('fields', fields.length <= most.fields && given.length <= most.fields);
  for (const coordinate of [...fields, ...given]) {
    assertBounds('fields', coordinate.length <= most.coordinate && shapes.coordinate.test(coordinate));
  }
  const sorted = [...new Set(fields)].toSorted();
  return {
    text,
    fields: sorted,
    given: [...new Set(given)],
    sha256: digest(text),
    fieldsSha256: digest(sorted.join('\n')),
    counts: counts.map(({ hour, client, requests, errors }) => {
      assertBounds('client', client.length <= most.client && shapes.client.test(client));
      assertBounds('requests', requests >= 1 && errors >= 0 && errors <= requests);
      return { day: dayWithin(hour.getTime(), nowMs), client, requests, errors };
    }),
  };
}

function dayWithin(ms: number, nowMs: number): string {
  return dayOf(Math.min(nowMs, Math.max(ms, daysBefore(nowMs, oldestDays).getTime())));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function assertBounds(name: string, holds: boolean): void {
  if (!holds) throw refused(`使用情况报告的 ${name} 不合规定。`, `The usage report is beyond what is taken: ${name}.`);
}
