/**
 * Locks that stand for no row. All programs on a database share their numbers: 6845796 and 6845797 are the bridge’s, 6845798 and
 * 6845800 the exchange’s; a house test holds that no two packages use the same.
 * @see design/feed.md 1
 */
import { type RawBuilder, sql } from 'kysely';

/** Held while tables are made or changed: several processes may start on one database. */
export const migrationLock: RawBuilder<unknown> = sql`pg_advisory_xact_lock(6845794, 0)`;

/**
 * Held for the whole transaction by whoever writes records of a system. What the board says of a lot is read from all records
 * of the lot, so two writers that do not see each other's records would both write half of it. Taken before everything else:
 * turns in which transaction ids are given are the turns in which versions are.
 */
export function boardLock(system: string): RawBuilder<unknown> {
  return sql`pg_advisory_xact_lock(6845795, hashtext(${system}))`;
}

/** Held by the session of the one sequencer of a database; number 0 is the one of its systems' records. */
export const sequencerLock = { space: 6845799, number: 0 } as const;
