/**
 * Lets sealed changes go whose milestone has come: from `sealed_change` into the outbox, in the order in which they were
 * written, and none before another of its record. One that was replaced while it was sealed, by a version that is about other
 * lots and open, is never told: its own lot may never come, and the record would be missing for ever.
 * @see schema/PROTOCOL.md 13; design/graph.md «Who sees what»
 */
import type { Milestone } from '@hub/schema';
import { type Kysely, type RawBuilder, type Transaction, sql } from 'kysely';

import { lotHasCome } from '../read/seal.ts';

/** Which of the sealed changes are looked at. */
export interface SealedChanges {
  readonly system: string;
  /** Undefined: all. */
  readonly records?: readonly { readonly dataset: string; readonly key: string }[];
}

const milestones: readonly Milestone[] = ['OPENING', 'RESULT'];
const lot = { system: sql`l.system`, contract: sql`l.contract`, lot: sql`l.lot` };
const lotsCome = sql.join(
  milestones.map((milestone) => sql`(l.milestone = ${sql.lit(milestone)} and ${lotHasCome(lot, milestone)})`),
  sql` or `,
);

/**
 * @param waiting - SQL condition over `sealed_change s`.
 * @returns SQL: common table expressions, the last of which, `ready`, has the changes that wait no longer; those that are not
 * `open` are past.
 */
export function readyChanges(waiting: RawBuilder<unknown>): RawBuilder<unknown> {
  const later = sql`later.system = w.system and later.dataset = w.dataset and later.key = w.key and later.id > w.id`;
  const before = sql`earlier.system = w.system and earlier.dataset = w.dataset and earlier.key = w.key and earlier.id < w.id`;
  return sql`with waiting as materialized (
      select s.* from sealed_change s where ${waiting}
    ), come as materialized (
      select * from (
        select distinct system, contract, lot, milestone from waiting, unnest(lots) as lot, unnest(milestones) as milestone
      ) l where ${lotsCome}
    ), judged as materialized (
      select w.*, milestones = '{}' or lots <> '{}' and not exists (
        select from unnest(w.lots) as lot, unnest(w.milestones) as milestone where (w.system, w.contract, lot, milestone) not in (table come)
      ) as open from waiting w
    ), passed as materialized (
      select w.*, not open and exists (
        select from judged later where ${later} and later.open and later.lots <> '{}' and (w.lots = '{}' or not w.lots <@ later.lots)
      ) as past from judged w
    ), ready as materialized (
      select * from passed w where (open or past) and not exists (
        select from passed earlier where ${before} and not earlier.open and not earlier.past
      )
    )`;
}

/** @returns Systems of which some sealed change waits no longer. */
export async function systemsToOpen(db: Kysely<unknown>): Promise<readonly string[]> {
  const found = await sql<{ system: string }>`${readyChanges(sql`true`)} select distinct system from ready`.execute(db);
  return found.rows.map(({ system }) => system);
}

/** Lets them go; in a transaction that holds the system's turn, so that no later version of theirs has an earlier id. */
export async function openSealed(db: Transaction<unknown>, { system, records }: SealedChanges): Promise<void> {
  const asked =
    records === undefined
      ? sql`true`
      : sql`(s.dataset, s.key) in (select dataset, key from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as k(dataset text, key text))`;
  // What is past may have been written by this very transaction, whose versions are still to be judged by the outbox guard: the
  // opener lets those records go, a moment later.
  const whole =
    records === undefined
      ? sql`true`
      : sql`not exists (select from passed p where p.past and (p.dataset, p.key) = (ready.dataset, ready.key))`;
  await sql`${readyChanges(sql`s.system = ${system} and ${asked}`)}, going as materialized (
      select * from ready where ${whole}
    ), gone as (
      delete from sealed_change s using going where s.id = going.id
    )
    insert into outbox (system, dataset, key, version, op, hash, reason, moved, categories)
    select system, dataset, key, version, op, hash, reason, moved, categories from going where open order by id`.execute(db);
}
