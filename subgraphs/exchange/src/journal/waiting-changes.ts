/**
 * Waiting changes: which of them may go on, and what they say.
 * @see design/feed.md 5
 */
import type { FeedEntry } from '@hub/kit';
import type { Violation } from '@hub/schema';
import { type Kysely, sql } from 'kysely';

import type { ExchangeStore } from '../store/open-store.ts';

import { readBody } from './read-body.ts';

/** A record of which something waits. */
export interface WaitingRecord {
  readonly system: string;
  readonly dataset: string;
  readonly key: string;
}

/** A change that waits. */
export interface WaitingChange {
  readonly id: string;
  readonly epoch: string;
  /** With the version it has in the hub's feed, and its position in its system's. */
  readonly entry: FeedEntry;
  readonly body: string;
  /** What was found when it came. */
  readonly violations: readonly Violation[];
  /** When it was journaled, ms. */
  readonly sinceMs: number;
}

/** @returns Records whose waiting changes may go on now. */
export async function waitingRecords({ db, clock }: ExchangeStore, most: number): Promise<readonly WaitingRecord[]> {
  const now = new Date(clock.nowMs()).toISOString();
  const found = await sql<WaitingRecord>`
    select distinct c.system, c.dataset, c.key from waiting w join change c on c.id = w.change
    where (w.again is null or w.again <= ${now}::timestamptz) and (
      w.until <= ${now}::timestamptz
      or exists (select from code k where k.dataset = w.dataset and k.field = w.field and k.value = w.value
        and (w.within is null or k.system = w.within))
      or (w.dataset is null and not exists (
        select from change e join waiting v on v.change = e.id
        where e.system = c.system and e.dataset = c.dataset and e.key = c.key and e.version < c.version and e.state = 'WAITING'))
    ) order by c.system, c.dataset, c.key limit ${most}`.execute(db);
  return found.rows;
}

/** @returns All waiting changes of the records, each record's in order. */
export async function readWaiting(
  db: Kysely<unknown>,
  system: string,
  records: readonly WaitingRecord[],
): Promise<readonly WaitingChange[]> {
  const found = await sql<{ id: string; epoch: string; body: string; violations: readonly Violation[] }>`
    select c.id, c.epoch, c.body, c.violations
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as g(dataset text, key text)
    join change c on c.system = ${system} and c.dataset = g.dataset and c.key = g.key and c.state = 'WAITING'
    order by c.id`.execute(db);
  return found.rows.map(({ id, epoch, body, violations }) => {
    const { sourcePosition: position, system: _, epoch: __, harvestedAt, ...entry } = readBody(body);
    return { id, epoch, body, violations, sinceMs: Date.parse(harvestedAt), entry: { position, ...entry } };
  });
}
