/**
 * A closed segment of a system's feed: 10,000 positions as lines of JSON, the same bytes for ever.
 * @see design/feed.md 7
 */
import { HubError } from '@hub/schema';

import type { SystemStore } from '../graph/context.ts';

import { cursorAt, openHead, segmentPositions } from './feed-page.ts';
import { mostEntries } from './feed-request.ts';
import { changesIn } from './read-changes.ts';

/** A segment that may be read. */
export interface Segment {
  readonly epoch: string;
  /** Goes on by pages after its last position. */
  readonly cursor: string;
  /** One change a line, in order. */
  readonly lines: AsyncIterable<string>;
}

/** @throws HubError QUERY_INVALID when it is not closed yet. */
export async function openSegment(source: SystemStore, number: number): Promise<Segment> {
  const head = await openHead(source);
  const closed = Math.floor(head.position / segmentPositions);
  if (number <= closed)
    return { epoch: head.epoch, cursor: await cursorAt(source, head, number * segmentPositions), lines: linesOf(source, number) };
  throw new HubError('QUERY_INVALID', {
    zh: `第 ${number} 段尚未封口，现有第 1 至 ${closed} 段；其后的变更请按页取。`,
    en: `Segment ${number} is not closed yet; there are ${closed}. What follows is to be had by pages.`,
  });
}

async function* linesOf({ store, system }: SystemStore, number: number): AsyncGenerator<string> {
  const end = number * segmentPositions;
  let after = end - segmentPositions;
  while (after < end) {
    const range = { system: system.code, after, upTo: Math.min(end, after + mostEntries), filter: {}, most: mostEntries };
    const { entries, to } = await changesIn(store.reading, range);
    yield entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    after = to;
  }
}
