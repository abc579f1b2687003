/**
 * Where the hub's feed stands, as its readers are told.
 * @see design/feed.md 6 and 7
 */
import { HubError } from '@hub/schema';
import type postgres from 'postgres';

/** Name of the hub's own stream. */
export const hubStream = 'hub';

/** The feed now. */
export interface HubFeedState {
  readonly stream: 'hub';
  readonly epoch: string;
  /** Last position. */
  readonly head: number;
  /** Segments that are closed: their roots are made and signed. */
  readonly segments: number;
}

/** A segment that is closed. */
export interface ClosedSegment {
  /** Hexadecimal. */
  readonly root: string;
  readonly bytes: number;
}

/** @returns Where the feed stands. */
export async function readFeedState(sql: postgres.Sql): Promise<HubFeedState> {
  const [row] = await sql<{ epoch: string; head: string; segments: string }[]>`
    select (select value from hub_stamp where name = 'feed epoch') as epoch,
      coalesce((select position from feed where system = ${hubStream} order by position desc limit 1), 0) as head,
      coalesce((select number from segment where stream = ${hubStream} order by number desc limit 1), 0) as segments`;
  if (row === undefined) throw new HubError('INTERNAL', { zh: '数据流没有世代。', en: 'The feed has no epoch.' });
  return { stream: hubStream, epoch: row.epoch, head: Number(row.head), segments: Number(row.segments) };
}

/** @throws HubError QUERY_INVALID when it is not closed yet. */
export async function readClosedSegment(sql: postgres.Sql, number: number): Promise<ClosedSegment> {
  const [row] = await sql<{ root: Buffer; bytes: string }[]>`
    select root, bytes from segment where stream = ${hubStream} and number = ${number}`;
  if (row !== undefined) return { root: row.root.toString('hex'), bytes: Number(row.bytes) };
  throw new HubError('QUERY_INVALID', {
    zh: `第 ${number} 段尚未封口；其后的变更请用 /exchange/entries 取。`,
    en: `Segment ${number} is not closed yet; what follows is to be had from /exchange/entries.`,
  });
}
