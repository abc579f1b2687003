/**
 * The database's clock, stopped where a test wants it: seals are judged by it.
 */
import { type Kysely, sql } from 'kysely';

/** Stops the clock of a test's own database. @param instant - Canonical. */
export async function stopClock(db: Kysely<unknown>, instant: string): Promise<void> {
  await sql`create or replace function hub_now() returns timestamptz
    language sql stable parallel safe as ${sql.lit(`select '${instant}'::timestamptz`)}`.execute(db);
}
