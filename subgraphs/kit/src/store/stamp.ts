/**
 * Small facts a database remembers of itself: what it was built for, what it was filled with.
 * @see design/architecture.md «Layout»
 */
import { type Kysely, sql } from 'kysely';

/** @returns The stamp's value; undefined when it was never set. */
export async function readStamp(db: Kysely<unknown>, name: string): Promise<string | undefined> {
  const found = await sql<{ value: string }>`select value from hub_stamp where name = ${name}`.execute(db);
  return found.rows[0]?.value;
}

/** Sets a stamp. */
export async function writeStamp(db: Kysely<unknown>, name: string, value: string): Promise<void> {
  await sql`insert into hub_stamp (name, value) values (${name}, ${value})
    on conflict (name) do update set value = excluded.value`.execute(db);
}
