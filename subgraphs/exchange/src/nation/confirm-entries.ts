/**
 * Receipts of a nation that pulls: which positions it has, and which of them it cannot take. The first answer for a position
 * counts; a repeat gets the first one again.
 * @see design/feed.md 8; standard/exchange.md 8
 */
import { HubError, type PositionRange } from '@hub/schema';
import type postgres from 'postgres';

import { readFeedState } from '../feed/feed-state.ts';
import { storable } from '../store/storable-text.ts';

/** What the nation says it has. */
export interface ConfirmedEntries extends PositionRange {
  readonly epoch: string;
  /** Among them those that it cannot take. */
  readonly refused: readonly RefusedEntry[];
}

/** An entry that the nation cannot take. */
export interface RefusedEntry {
  readonly position: number;
  /** The nation's own code; empty where it has none. */
  readonly code: string;
  readonly reason: string;
}

/** What was kept of it. */
export interface Confirmation {
  /** From 1 on. */
  readonly number: number;
  readonly epoch: string;
  readonly range: PositionRange;
  /** Positions of the range whose first answer, this one or an earlier, is that they are accepted. */
  readonly accepted: number;
  readonly refused: number;
  /** Positions that it was the first to answer. */
  readonly added: number;
  /** Canonical instant. */
  readonly confirmedAt: string;
}

/** Positions of one confirmation at the most. */
const mostPositions = 10_000;
const mostReason = 2_000;
const mostCode = 100;

/**
 * @returns What was kept, now or the first time.
 * @throws HubError EPOCH_CHANGED; QUERY_INVALID for positions that the feed does not have.
 */
export async function confirmEntries(sql: postgres.Sql, confirmed: ConfirmedEntries): Promise<Confirmation> {
  const { epoch, from, to, refused } = confirmed;
  const feed = await readFeedState(sql);
  if (feed.epoch !== epoch) throw otherEpoch();
  if (from < 1 || to < from || to > feed.head || to - from >= mostPositions) throw outside(confirmed, feed.head);
  const positions = new Set(refused.map(({ position }) => position));
  if (positions.size < refused.length || !refused.every(({ position }) => position >= from && position <= to)) throw wrongRefusals();
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(6845798, 3)`;
    const before = await tx`select from confirmation where epoch = ${epoch} and from_position = ${from} and to_position = ${to}`;
    if (before.count > 0) return;
    await tx`insert into delivery (channel, position, state, code, words, answered, settled_at)
      select 'PULL', position, 'REFUSED', code, words, true, clock_timestamp()
      from unnest(${refused.map(({ position }) => position)}::bigint[], ${refused.map(({ code }) => storable(code.slice(0, mostCode)))}::text[],
        ${refused.map(({ reason }) => storable(reason.slice(0, mostReason)))}::text[]) as came (position, code, words)
      where not exists (select from confirmation before where before.epoch = ${epoch}
        and before.to_position between came.position and came.position + ${mostPositions - 1} and before.from_position <= came.position)
      on conflict (channel, position) do nothing`;
    await tx`
      with range as (
        select int8multirange(int8range(${from}::bigint, ${to}::bigint, '[]')) as span
      ), fresh as (
        select range.span - coalesce(range_agg(int8range(from_position, to_position, '[]')) filter (where number is not null), '{}') as span
        from range left join confirmation on epoch = ${epoch} and to_position between ${from} and ${to + mostPositions - 1}
          and from_position <= ${to}
        group by range.span
      ), counted as (
        select (select count(*) from delivery where channel = 'PULL' and state = 'REFUSED' and position between ${from} and ${to}) as refused,
          (select coalesce(sum(upper(part) - lower(part)), 0) from fresh, unnest(fresh.span) as part) as added
      )
      insert into confirmation (number, epoch, from_position, to_position, accepted, refused, added)
      select coalesce((select max(number) from confirmation), 0) + 1, ${epoch}, ${from}, ${to},
        ${to - from + 1} - counted.refused, counted.refused, counted.added
      from counted`;
  });
  const [kept] = await sql<Row[]>`select ${columns(sql)} from confirmation
    where epoch = ${epoch} and from_position = ${from} and to_position = ${to}`;
  if (kept === undefined) throw new HubError('INTERNAL', { zh: '确认没有存下。', en: 'The confirmation was not kept.' });
  return confirmationOf(kept);
}

/** @returns The first confirmation that covers a position; undefined when none does. */
export async function readConfirmation(sql: postgres.Sql, position: number): Promise<Confirmation | undefined> {
  const [row] = await sql<Row[]>`select ${columns(sql)} from confirmation
    where to_position >= ${position} and to_position < ${position + mostPositions} and from_position <= ${position}
    order by number limit 1`;
  return row === undefined ? undefined : confirmationOf(row);
}

interface Row extends Omit<Confirmation, 'number' | 'range'> {
  readonly number: string;
  readonly from: string;
  readonly to: string;
}

function columns(sql: postgres.Sql): postgres.Fragment {
  return sql`number, epoch, from_position as "from", to_position as "to", accepted, refused, added,
    to_char(confirmed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "confirmedAt"`;
}

function confirmationOf({ number, from, to, ...row }: Row): Confirmation {
  return { ...row, number: Number(number), range: { from: Number(from), to: Number(to) } };
}

function otherEpoch(): HubError {
  return new HubError('EPOCH_CHANGED', {
    zh: '所确认的位置属于数据流的另一世代。',
    en: 'The positions that are confirmed are of another epoch of the feed.',
  });
}

function outside({ from, to }: PositionRange, head: number): HubError {
  return new HubError('QUERY_INVALID', {
    zh: `一次至多确认 ${mostPositions} 个位置，且在数据流的 1–${head} 之内；${from}–${to} 不是。`,
    en: `At most ${mostPositions} positions at once, within the feed’s 1–${head}: ${from}–${to} is not.`,
  });
}

function wrongRefusals(): HubError {
  return new HubError('QUERY_INVALID', {
    zh: 'refused 中的位置须在所确认的范围内，每个只写一次。',
    en: 'The positions of «refused» must be within the range that is confirmed, each once.',
  });
}
