/**
 * One round of the sequencer: changes behind the fence get their positions, by one statement.
 * @see design/feed.md 2
 */
import { readFileSync } from 'node:fs';

import postgres from 'postgres';

const statement = readFileSync(new URL('sequence.sql', import.meta.url), 'utf8');
/** PostgreSQL's `unique_violation`. @see PostgreSQL, appendix A «Error Codes» */
const uniqueViolation = '23505';

/**
 * @param most - Changes of one round, so that it ends soon.
 * @returns How many changes got a position; 0 also when another sequencer was faster, whose positions then stand.
 */
export async function sequence(db: postgres.Sql, most: number): Promise<number> {
  try {
    return (await db.unsafe(statement, [most])).count;
  } catch (cause) {
    if (cause instanceof postgres.PostgresError && cause.code === uniqueViolation) return 0;
    throw cause;
  }
}
