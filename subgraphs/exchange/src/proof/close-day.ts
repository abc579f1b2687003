/**
 * Closes days: a day of UTC+8 is the range of positions that were given in it, fixed when it is over. The next day begins where
 * it ended, so that days follow each other without a gap whatever clocks do; a day without entries has no statement.
 * @see design/feed.md 9
 */
import type { PositionRange } from '@hub/schema';
import type postgres from 'postgres';

import { hubStream, readFeedState } from '../feed/feed-state.ts';
import { keepStatement } from './keep-statement.ts';
import { stateRange, type Stating } from './state-range.ts';

/** Positions are given within a second of the sequencer's reading of the clock. */
const graceSeconds = 5;

interface EndedDay extends PositionRange {
  readonly day: string;
}

/** @returns Whether a day was closed; false when none that has entries is over. */
export async function closeNextDay(stating: Stating): Promise<boolean> {
  const { sql } = stating;
  const ended = await nextDay(sql);
  if (ended === undefined) return false;
  const { day, from, to } = ended;
  const { epoch } = await readFeedState(sql);
  const line = await stateRange(stating, { from, to });
  await sql.begin((tx) => keepStatement(tx, { kind: 'DAY', day, epoch, range: { from, to }, line }));
  return true;
}

/** The day of the first entry that no day's statement covers; later than the last day that has one. */
async function nextDay(sql: postgres.Sql): Promise<EndedDay | undefined> {
  const [row] = await sql<{ day: string; from: string; to: string }[]>`
    with last as (
      select coalesce(max(to_position), 0) as position, max(day) as day from statement where stream = ${hubStream} and kind = 'DAY'
    ), first as (
      select f.position, greatest((f.sequenced_at at time zone interval '8 hours')::date, last.day + 1) as day
      from last join feed f on f.system = ${hubStream} and f.position = last.position + 1
    )
    select first.day::text as day, first.position as "from", coalesce((
      select position - 1 from feed where system = ${hubStream} and position > first.position
        and sequenced_at >= (first.day + 1)::timestamp at time zone interval '8 hours' order by position limit 1
    ), (select max(position) from feed where system = ${hubStream})) as to
    from first
    where clock_timestamp() >= (first.day + 1)::timestamp at time zone interval '8 hours' + make_interval(secs => ${graceSeconds})`;
  return row === undefined ? undefined : { day: row.day, from: Number(row.from), to: Number(row.to) };
}
