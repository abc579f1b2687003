/**
 * Records that are pushed: they go into the store of the system they are of by the one way through for records, so that its feed
 * tells of them as of any other. A part of the receipt is kept in the transaction of its records: after a crash, and when two
 * processes are sent the same at once, what was done is told and what was not is done.
 * @see design/feed.md 3, 4 and 8
 */
import { type Accepted, type SystemStore, type WireEntry, type WireFound, acceptAlongside, liveBatchSize } from '@hub/kit';
import { instantOf } from '@hub/kit/process';
import { HubError } from '@hub/schema';
import type { Transaction } from 'kysely';

import type { ExchangeStore } from '../store/open-store.ts';

import type { ReadSubmission } from './read-submission.ts';
import { begin, keepPart, readPart } from './submission-book.ts';
import { KeyTaken, keyOf, keyOfAnother, noteOwners, takenByOthers } from './sender-keys.ts';
import { type Submission, type SubmissionName, type SubmittedRecord, submissionOf } from './submission.ts';
import { refusedBy, taken, unreadable } from './submitted-record.ts';

/** Where it goes, and for whom. */
export interface Submitting {
  /** In the hub's own database, as all systems are that it hosts. */
  readonly target: SystemStore;
  readonly sender: string;
  readonly idempotencyKey: string;
  /** Awaited before each part's transaction is committed, for tests that end a process there. */
  readonly onPart?: ((part: number) => Promise<void> | void) | undefined;
}

/**
 * @returns The receipt; of a repeat, the first one.
 * @throws HubError IDEMPOTENCY_CONFLICT when the key stands for another body; QUERY_INVALID for a key that is none.
 */
export async function submitRecords(store: ExchangeStore, submitting: Submitting, sent: ReadSubmission): Promise<Submission> {
  const { target, sender, idempotencyKey } = submitting;
  if (!/^[\x21-\x7e]{1,128}$/.test(idempotencyKey)) throw noKey;
  const name: SubmissionName = { sender, system: target.system.code, idempotencyKey };
  const begun = await begin(store, name, { ...sent, total: sent.entries.length });
  const records: SubmittedRecord[] = [];
  for (let part = 0; part * liveBatchSize < sent.entries.length; part += 1) {
    const entries = sent.entries.slice(part * liveBatchSize, (part + 1) * liveBatchSize);
    records.push(...((await readPart(store.db, name, part)) ?? (await takePart(store, { ...submitting, name, part }, entries))));
  }
  return submissionOf(name, begun, records);
}

interface Part extends Submitting {
  readonly name: SubmissionName;
  readonly part: number;
}

/** Takes a part, or finds that another process has: its records are there once. */
async function takePart(store: ExchangeStore, part: Part, entries: readonly WireEntry[]): Promise<readonly SubmittedRecord[]> {
  for (;;) {
    try {
      return await tryPart(store, part, entries);
    } catch (cause) {
      const others = await readPart(store.db, part.name, part.part);
      if (others !== undefined) return others;
      if (!(cause instanceof KeyTaken)) throw cause;
    }
  }
}

async function tryPart(store: ExchangeStore, part: Part, entries: readonly WireEntry[]): Promise<readonly SubmittedRecord[]> {
  const { target, sender, name, onPart } = part;
  const found = entries.filter((entry): entry is WireFound => 'record' in entry);
  const others = await takenByOthers(target, sender, found);
  const tried = found.filter((entry) => !others.has(entry));
  const incoming = tried.map(({ record, message }) => ({ record, message, source: { kind: 'SYSTEM' } }) as const);
  let records: readonly SubmittedRecord[] = [];
  const alongside = async (db: Transaction<unknown>, answers: readonly Accepted[]): Promise<void> => {
    await noteOwners(db, { target, sender }, answers);
    const answerOf = new Map(tried.map((entry, place) => [entry, answers[place]]));
    records = entries.flatMap((entry) => recordOf(target, entry, answerOf));
    await keepPart(db, name, { part: part.part, records });
    await onPart?.(part.part);
  };
  await acceptAlongside(target, incoming, { receivedAt: instantOf(store.clock), alongside });
  return records;
}

function recordOf(
  target: SystemStore,
  entry: WireEntry,
  answerOf: ReadonlyMap<WireFound, Accepted | undefined>,
): readonly SubmittedRecord[] {
  if ('problem' in entry) return [unreadable(entry)];
  if (!answerOf.has(entry)) return [refusedBy(keyOfAnother, entry, keyOf(target, entry) ?? '')];
  const answer = answerOf.get(entry);
  return answer === undefined ? [] : [taken(entry, answer, keyOf(target, entry))];
}

const noKey = new HubError('QUERY_INVALID', {
  zh: '幂等键应为 1–128 个可见的 ASCII 字符。',
  en: 'An idempotency key is 1 to 128 visible characters of ASCII.',
});
