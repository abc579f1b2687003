/**
 * Submissions by their keys: what came under a key first holds for as long as keys are kept.
 * @see design/feed.md 8
 */
import { instantOf } from '@hub/kit/process';
import { HubError } from '@hub/schema';
import { type Kysely, type Transaction, sql } from 'kysely';

import { exchangeSchema } from '../store/exchange-url.ts';
import type { ExchangeStore } from '../store/open-store.ts';
import { instantText } from '../store/instant-text.ts';

import { type Submission, type SubmissionName, type SubmittedRecord, submissionOf } from './submission.ts';

/** Days for which keys are kept. */
const keptDays = 400;

/** What a key stands for. */
export interface Begun {
  readonly sha256: string;
  /** When it first came, canonical instant. */
  readonly receivedAt: string;
}

interface SubmissionRow {
  readonly sha256: string;
  readonly format: string;
  readonly total: number;
  /** Canonical instant. */
  readonly receivedAt: string;
}

/**
 * Takes a key for a body, once and for all.
 * @throws HubError IDEMPOTENCY_CONFLICT when it stands for another body.
 */
export async function begin(
  { db, clock }: Pick<ExchangeStore, 'db' | 'clock'>,
  name: SubmissionName,
  { format, sha256, total }: { readonly format: string; readonly sha256: string; readonly total: number },
): Promise<Begun> {
  await sql`insert into submission (sender, system, idempotency_key, sha256, format, total, received_at)
    values (${name.sender}, ${name.system}, ${name.idempotencyKey}, ${sha256}, ${format}, ${total}, ${instantOf(clock)}::timestamptz)
    on conflict do nothing`.execute(db);
  const known = await find(db, name);
  if (known === undefined) throw new Error('a submission that was begun is not there');
  if (known.sha256 === sha256 && known.format === format) return { sha256, receivedAt: known.receivedAt };
  throw new HubError('IDEMPOTENCY_CONFLICT', {
    zh: `幂等键 ${name.idempotencyKey} 已于 ${known.receivedAt} 用于另一份内容（SHA-256 ${known.sha256}）。内容不同请换新的键；没有保存任何记录。`,
    en: `The idempotency key ${name.idempotencyKey} was used at ${known.receivedAt} with other content (SHA-256 ${known.sha256}). Give other content another key; nothing was kept.`,
  });
}

/** @returns What became of the entries of a part; undefined: nothing yet. */
export async function readPart(db: Kysely<unknown>, name: SubmissionName, part: number): Promise<readonly SubmittedRecord[] | undefined> {
  const found = await sql<{ records: readonly SubmittedRecord[] }>`select records from submission_part
    where sender = ${name.sender} and system = ${name.system} and idempotency_key = ${name.idempotencyKey} and part = ${part}`.execute(db);
  return found.rows[0]?.records;
}

/** Keeps a part in the transaction of its records. Whoever else keeps it at the same time fails, and its records with it. */
export async function keepPart(
  db: Transaction<unknown>,
  name: SubmissionName,
  { part, records }: { readonly part: number; readonly records: readonly SubmittedRecord[] },
): Promise<void> {
  await sql`insert into ${sql.id(exchangeSchema)}.submission_part (sender, system, idempotency_key, part, records)
    values (${name.sender}, ${name.system}, ${name.idempotencyKey}, ${part}, ${JSON.stringify(records)}::jsonb)`.execute(db);
}

/** @returns The receipt; undefined for a key that is not known, or whose body is still being taken. */
export async function findSubmission({ reading }: Pick<ExchangeStore, 'reading'>, name: SubmissionName): Promise<Submission | undefined> {
  const known = await find(reading, name);
  if (known === undefined) return undefined;
  const parts = await sql<{ records: readonly SubmittedRecord[] }>`select records from submission_part
    where sender = ${name.sender} and system = ${name.system} and idempotency_key = ${name.idempotencyKey} order by part`.execute(reading);
  const records = parts.rows.flatMap((part) => part.records);
  if (records.length < known.total) return undefined;
  return submissionOf(name, { receivedAt: known.receivedAt, sha256: known.sha256 }, records);
}

/** Drops submissions older than keys are kept. */
export async function dropOldSubmissions({ db, clock }: Pick<ExchangeStore, 'db' | 'clock'>): Promise<void> {
  const before = new Date(clock.nowMs() - keptDays * 86_400_000).toISOString();
  await sql`delete from submission where received_at < ${before}::timestamptz`.execute(db);
}

async function find(db: Kysely<unknown>, { sender, system, idempotencyKey }: SubmissionName): Promise<SubmissionRow | undefined> {
  const found = await sql<SubmissionRow>`select sha256, format, total, ${instantText('received_at')} as "receivedAt" from submission
    where sender = ${sender} and system = ${system} and idempotency_key = ${idempotencyKey}`.execute(db);
  return found.rows[0];
}
