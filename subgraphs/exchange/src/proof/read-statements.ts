/**
 * Statements that were kept, in their order.
 * @see schema/PROTOCOL.md «The hub's feed»
 */
import type postgres from 'postgres';

import { hubStream } from '../feed/feed-state.ts';

/** @returns Lines of a manifest, each with a line feed: statements after the first so many. */
export async function readStatements(
  sql: postgres.Sql,
  { after, first }: { readonly after: number; readonly first: number },
): Promise<string> {
  const rows = await sql<{ line: string }[]>`
    select line from statement where stream = ${hubStream} and number > ${after} order by number limit ${first}`;
  return rows.map(({ line }) => `${line}\n`).join('');
}
