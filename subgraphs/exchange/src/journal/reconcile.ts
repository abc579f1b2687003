/**
 * What a snapshot brings that is new: an epoch is begun with the records that stand in the system, and those that stand here with
 * the same content are no changes. Nothing is deleted: what the system no longer tells is listed (`records/read-untold.ts`).
 * @see design/feed.md 6
 */
import { type Transaction, sql } from 'kysely';

import type { Judgement } from '../judge/judgement.ts';

import { type Standing, recordName } from './standing.ts';
import { type TakenPage, isUnusable } from './taken-page.ts';

/** What was told, and the records it is about. */
export interface Reconciled {
  readonly told: readonly Judgement[];
  readonly records: ReadonlyMap<string, Standing>;
}

/** @returns The changes; all records that were told of are noted to be there in the new epoch. */
export async function reconcile(
  db: Transaction<unknown>,
  { system, epoch }: Pick<TakenPage, 'system' | 'epoch'>,
  { told, records }: Reconciled,
): Promise<readonly Judgement[]> {
  const known = await knownPositions(db, { system, epoch }, told);
  return told.filter(({ entry }) => {
    if (isUnusable(entry)) return !known.has(entry.position);
    const record = records.get(recordName(entry));
    if (record === undefined) return !known.has(entry.position);
    if (record.version > 0) record.changed = true;
    const same = record.change !== null && record.waiting === 0 && record.op === entry.op && record.hash === entry.hash;
    return !same && !known.has(entry.position);
  });
}

/** A snapshot that is begun again, at a later position, tells positions again. */
async function knownPositions(
  db: Transaction<unknown>,
  { system, epoch }: Pick<TakenPage, 'system' | 'epoch'>,
  told: readonly Judgement[],
): Promise<ReadonlySet<number>> {
  const positions = told.map(({ entry }) => entry.position);
  const found = await sql<{ position: string }>`select position from change
    where system = ${system} and epoch = ${epoch} and position = any(${positions}::bigint[])`.execute(db);
  return new Set(found.rows.map(({ position }) => Number(position)));
}
