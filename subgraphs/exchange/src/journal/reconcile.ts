/**
 * What a snapshot brings that is new: an epoch is begun with the records that stand in the system, and those that stand here with
 * the same content, or whose last change waits here with it, are no changes. Nothing is deleted: what the system no longer tells is listed (`records/read-untold.ts`).
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
  const waiting = await lastWaiting(db, system, records);
  return told.filter(({ entry }) => {
    if (isUnusable(entry)) return !known.has(entry.position);
    const record = records.get(recordName(entry));
    if (record === undefined) return !known.has(entry.position);
    if (record.version > 0) record.changed = true;
    const last = record.waiting > 0 ? waiting.get(recordName(entry)) : record.change === null ? undefined : record;
    const same = last?.op === entry.op && last.hash === entry.hash;
    return !same && !known.has(entry.position);
  });
}

type Content = Pick<Standing, 'dataset' | 'key' | 'op' | 'hash'>;

/** @returns Of each record that waits, the last change that does. */
async function lastWaiting(
  db: Transaction<unknown>,
  system: string,
  records: ReadonlyMap<string, Standing>,
): Promise<ReadonlyMap<string, Content>> {
  const names = [...records.values()].filter(({ waiting }) => waiting > 0).map(({ dataset, key }) => ({ dataset, key }));
  if (names.length === 0) return new Map();
  const found = await sql<Content>`select distinct on (c.dataset, c.key) c.dataset, c.key, c.op, c.hash
    from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as g(dataset text, key text)
    join change c on c.system = ${system} and c.dataset = g.dataset and c.key = g.key and c.state = 'WAITING'
    order by c.dataset, c.key, c.version desc`.execute(db);
  return new Map(found.rows.map((content) => [recordName(content), content]));
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
