/**
 * Instants as the exchange tells them: canonical, in UTC with six decimals, so that they sort as text.
 * @see schema/PROTOCOL.md 9
 */
import { type RawBuilder, sql } from 'kysely';

/** @returns The expression as a canonical instant. */
export function utc(timestamp: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`to_char(${timestamp} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
