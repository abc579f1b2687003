/**
 * Turns of those who journal changes of one system. Taken before everything else in a transaction: turns in which transaction
 * ids are given are then the turns in which versions are, and the feed has them in that order.
 * @see design/feed.md 2 and 5
 */
import { type RawBuilder, sql } from 'kysely';

/** Held until the transaction ends. */
export function systemLock(system: string): RawBuilder<unknown> {
  return sql`pg_advisory_xact_lock(6845798, hashtext(${system}))`;
}
