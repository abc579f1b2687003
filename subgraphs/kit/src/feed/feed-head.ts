/**
 * Where a feed stands: its last position, and its epoch, which changes only when a restore lost data. Detected by the cursors
 * themselves: one that points past the end, or at another change than the one it was given for, was given by a future that is
 * no more.
 * @see design/feed.md 6
 */
import { randomBytes, randomUUID } from 'node:crypto';

import { type Kysely, sql } from 'kysely';

/** A feed now. */
export interface FeedHead {
  readonly epoch: string;
  /** Seals its cursors. */
  readonly secret: string;
  /** Last position; 0 for an empty feed. */
  readonly position: number;
}

const epochStamp = 'feed epoch';
const secretStamp = 'feed secret';

/** Gives a store its first epoch, and the secret of its cursors; leaves those there are. */
export async function makeEpoch(db: Kysely<unknown>): Promise<void> {
  await sql`insert into hub_stamp (name, value) values (${epochStamp}, ${randomUUID()}),
    (${secretStamp}, ${randomBytes(32).toString('base64url')}) on conflict (name) do nothing`.execute(db);
}

/** @returns The feed's head; undefined when the store has no epoch yet. */
export async function readHead(db: Kysely<unknown>, system: string): Promise<FeedHead | undefined> {
  const found = await sql<{ epoch: string; secret: string; position: string }>`
    select e.value as epoch, s.value as secret,
      coalesce((select position from feed where system = ${system} order by position desc limit 1), 0) as position
    from hub_stamp e join hub_stamp s on s.name = ${secretStamp} where e.name = ${epochStamp}`.execute(db);
  const [head] = found.rows;
  return head === undefined ? undefined : { epoch: head.epoch, secret: head.secret, position: Number(head.position) };
}

/**
 * Begins a new epoch, for all systems of the store; nothing happens when somebody else has begun one since.
 * @param known - The epoch that has ended.
 */
export async function endEpoch(db: Kysely<unknown>, known: string): Promise<void> {
  await sql`update hub_stamp set value = ${randomUUID()} where name = ${epochStamp} and value = ${known}`.execute(db);
}

/** @returns What tells the change at a position from any other that might stand there; empty before the first, undefined past the last. */
export async function changeMark(db: Kysely<unknown>, system: string, position: number): Promise<string | undefined> {
  if (position === 0) return '';
  const found = await sql<{ mark: string }>`select concat_ws('.', outbox, era, xid, extract(epoch from sequenced_at)) as mark
    from feed where system = ${system} and position = ${position}::bigint`.execute(db);
  return found.rows[0]?.mark;
}
