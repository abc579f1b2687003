/**
 * What is older than usage is kept for goes: counts first, then operations that nobody sent since.
 */
import type { EntityManager } from '@mikro-orm/postgresql';

import { dayOf, daysBefore } from './days.ts';

/** Days that usage is kept: a year and a month, so that what happens once a year is seen. */
const keptDays = 400;

/** Drops it, as of a moment. */
export async function dropOld(em: EntityManager, nowMs: number): Promise<void> {
  const first = dayOf(daysBefore(nowMs, keptDays).getTime());
  await em.execute('delete from registry_usage where day < ?::date', [first]);
  await em.execute(
    `with gone as (delete from registry_operation where last_day < ?::date returning id)
     delete from registry_operation_field where operation in (select id from gone)`,
    [first],
  );
  await em.execute(`delete from registry_usage_batch where taken_at < ?::timestamptz`, [daysBefore(nowMs, keptDays).toISOString()]);
}
