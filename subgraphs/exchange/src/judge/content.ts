/**
 * What a change's text says, and whether its hash is the text's: looked at once for each change, however many ask.
 * @see design/feed.md 4
 */
import type { FeedEntry } from '@hub/kit';
import { type WireFields, contentHolds } from '@hub/schema';

import { readPayload } from './read-payload.ts';

const held = new WeakMap<FeedEntry, boolean>();
const read = new WeakMap<FeedEntry, WireFields | null>();

/** Whether an entry's content is the one its hash was made of. */
export function holds(entry: FeedEntry): boolean {
  const known = held.get(entry);
  if (known !== undefined) return known;
  const isSo = contentHolds(entry);
  held.set(entry, isSo);
  return isSo;
}

/** @returns The wire fields of an entry; undefined when its text is not an object of texts. */
export function fieldsOf(entry: FeedEntry): WireFields | undefined {
  const known = read.get(entry);
  if (known !== undefined) return known ?? undefined;
  const fields = readPayload(entry);
  read.set(entry, fields ?? null);
  return fields;
}
