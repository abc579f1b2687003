/**
 * Instants leave the database as canonical text, to the microsecond.
 * @see design/graph.md «Types»
 */
import { type RawBuilder, sql } from 'kysely';

/** @param column - An SQL expression of type timestamptz, written in this repository. */
export function instantText(column: string): RawBuilder<string | null> {
  return sql<string | null>`to_char(${sql.raw(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
