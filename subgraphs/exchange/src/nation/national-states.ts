/**
 * The third state of a record: what the nation has made of it, by whichever way it went there.
 * @see standard/exchange.md 8; design/feed.md 8
 */
import type postgres from 'postgres';

import { hubStream } from '../feed/feed-state.ts';

/** What the nation made of an entry of the hub's feed. */
export interface NationalState {
  readonly position: number;
  /** PENDING: not told yet; SENT: read by the nation or pushed, and not answered. */
  readonly state: 'PENDING' | 'SENT' | 'CONFIRMED' | 'REFUSED';
  /** Of REFUSED the nation's words; of SENT what kept it from answering, if anything did. */
  readonly words: string | null;
  /** Canonical instant; null while it is PENDING, and where it was only read. */
  readonly at: string | null;
}

/** @returns The states of positions of the hub's feed, in the order asked for. One that either way confirmed is confirmed. */
export async function nationalStates(sql: postgres.Sql, positions: readonly number[]): Promise<readonly NationalState[]> {
  const rows = await sql<(Omit<NationalState, 'position'> & { readonly position: string })[]>`
    select asked.position, coalesce(told.state, 'PENDING') as state, told.words,
      to_char(told.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from unnest(${[...positions]}::bigint[]) with ordinality as asked (position, turn)
    left join lateral (
      select state, words, at from (
        select state, words, coalesce(settled_at, sent_at) as at from delivery where position = asked.position
        union all
        (select 'CONFIRMED', null, confirmed_at from confirmation
         where to_position between asked.position and asked.position + 9999 and from_position <= asked.position
           and not exists (select from delivery where channel = 'PULL' and position = asked.position)
         order by number limit 1)
        union all
        select 'SENT', null, null from (
          select to_position from served_range where stream = ${hubStream} and from_position <= asked.position
          order by from_position desc limit 1
        ) near where near.to_position >= asked.position
      ) ways order by array_position(array['CONFIRMED', 'REFUSED', 'SENT', 'PENDING'], state) limit 1
    ) told on true
    order by asked.turn`;
  return rows.map(({ position, ...row }) => ({ ...row, position: Number(position) }));
}
