/**
 * How far a system's feed is taken, written with what was taken.
 * @see design/feed.md 8
 */
import { type Kysely, sql } from 'kysely';

import type { Place } from './place-page.ts';
import type { PagePart } from './take-page.ts';

/** Moves the system on; in the middle of a page the cursor stays, for there is none yet that points there. */
export async function moveSource(db: Kysely<unknown>, { page, last }: PagePart, { position, snapshot }: Place): Promise<void> {
  const { system, epoch, cursor, head, heardAt, offsetMs = null } = page;
  await sql`update source set epoch = ${epoch}, position = ${position}::bigint, snapshot = ${snapshot}::bigint,
    cursor = case when ${last} then ${cursor} when epoch = ${epoch} then cursor end, head = ${head}::bigint,
    since = case when state in ('NEW', 'FAULTY') then now() else since end, state = case when ${position}::bigint < ${snapshot}::bigint then 'RECONCILING' else 'FOLLOWING' end,
    fault_code = null, fault_zh = null, fault_en = null, evidence = null, failures = 0, retry_at = null,
    offset_ms = coalesce(${offsetMs}::bigint, offset_ms), heard_at = ${heardAt}::timestamptz where system = ${system}`.execute(db);
}
