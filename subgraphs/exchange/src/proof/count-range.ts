/**
 * What a range of the hub's feed holds of each system and dataset, in numbers: the nation's own count of what it received is held
 * against it, day by day.
 * @see standard/exchange.md 8 «Daily reconciliation of counts»; design/feed.md 9
 */
import { HubError, type PositionRange } from '@hub/schema';
import type postgres from 'postgres';

import { hubStream, readFeedState } from '../feed/feed-state.ts';

/** What is counted at once at the most: more than a day of a large province. */
const mostPositions = 1_000_000;

/**
 * @returns A line of JSON for each system, epoch and dataset, with the first and last of the system's own positions among them.
 * @throws HubError QUERY_INVALID when the range is not one of the feed, or longer than 1,000,000 positions.
 */
export async function countRange(sql: postgres.Sql, { from, to }: PositionRange): Promise<string> {
  const { head } = await readFeedState(sql);
  if (from < 1 || to < from || to > head || to - from >= mostPositions) throw outside(from, to, head);
  const rows = await sql<{ line: string }[]>`
    select json_build_object('system', c.system, 'epoch', c.epoch, 'dataset', c.dataset, 'from', min(c.position), 'to', max(c.position),
      'puts', count(*) filter (where c.op = 'put'), 'withdrawals', count(*) filter (where c.op = 'withdraw'))::text as line
    from feed f join outbox o on o.id = f.outbox join change c on c.id = o.change
    where f.system = ${hubStream} and f.position between ${from} and ${to}
    group by c.system, c.epoch, c.dataset order by c.system, c.epoch, c.dataset collate "C"`;
  return rows.map(({ line }) => `${line}\n`).join('');
}

function outside(from: number, to: number, head: number): HubError {
  return new HubError('QUERY_INVALID', {
    zh: `位置 ${from}–${to} 不在数据流的 1–${head} 之内，或多于 ${mostPositions} 个。`,
    en: `Positions ${from}–${to} are not within the feed’s 1–${head}, or more than ${mostPositions}.`,
  });
}
