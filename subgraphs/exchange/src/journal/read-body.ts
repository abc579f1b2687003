/**
 * A journaled body back as the entry it was made of: what the journal wrote itself is believed.
 * @see design/feed.md 4
 */
import type { FeedEntry } from '@hub/kit';

/** An entry of the hub's feed, without its position there. */
export interface JournaledEntry extends Omit<FeedEntry, 'position'> {
  readonly system: string;
  readonly epoch: string;
  readonly sourcePosition: number;
  readonly harvestedAt: string;
}

/** @param body - Of a change that could be read. */
export function readBody(body: string): JournaledEntry {
  return JSON.parse(`{${body}`) as JournaledEntry;
}
