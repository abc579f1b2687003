/**
 * States what the hub's feed holds in a range, now, and signs it.
 * @see schema/PROTOCOL.md «Proof»
 */
import { HubError, type LeafSource, manifestText, type PositionRange, rangeRoot, signStatement, type StatementSigner } from '@hub/schema';
import type postgres from 'postgres';

import { hubStream, readFeedState } from '../feed/feed-state.ts';

/** With what statements are made. */
export interface Stating {
  readonly sql: postgres.Sql;
  readonly leaves: LeafSource;
  readonly signer: StatementSigner;
}

/**
 * @returns The line of a manifest, without a line feed.
 * @throws HubError QUERY_INVALID when the range is not one of the feed.
 */
export async function stateRange({ sql, leaves, signer }: Stating, { from, to }: PositionRange): Promise<string> {
  const { epoch, head } = await readFeedState(sql);
  if (from < 1 || to < from || to > head) throw outside(from, to, head);
  const root = (await rangeRoot(leaves, { from, to })).toString('hex');
  const statement = { stream: hubStream, epoch, from, to, count: to - from + 1, root, at: await databaseInstant(sql) };
  return manifestText({ kind: 'range', ...(await signStatement(statement, signer)) });
}

/** @returns The database's time as a canonical instant: all who serve the feed have the same. */
export async function databaseInstant(sql: postgres.Sql): Promise<string> {
  const [row] = await sql<{ at: string }[]>`
    select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`;
  return row?.at ?? '';
}

function outside(from: number, to: number, head: number): HubError {
  return new HubError('QUERY_INVALID', {
    zh: `位置 ${from}–${to} 不在数据流的 1–${head} 之内。`,
    en: `Positions ${from}–${to} are not within the feed’s 1–${head}.`,
  });
}
