/**
 * One page of a system's feed: changes after a cursor, or the records that stand at a position and then the changes from the
 * next one on. Says which positions it is complete for.
 * @see design/feed.md 5 to 7
 */
import { HubError } from '@hub/schema';
import type { Kysely } from 'kysely';

import type { SystemStore } from '../graph/context.ts';

import { type FeedPlace, openCursor, sealCursor } from './feed-cursor.ts';
import type { FeedEntry } from './feed-entry.ts';
import { type FeedHead, changeMark, endEpoch, makeEpoch, readHead } from './feed-head.ts';
import { checkFilter, filterDigest, isFiltered } from './filter.ts';
import { changesIn, standingIn } from './read-changes.ts';
import type { PageRequest } from './feed-request.ts';

/** Positions of a closed segment; and the most that one page scans. */
export const segmentPositions = 10_000;

/** A page as it is sent. */
export interface FeedPage {
  readonly version: 1;
  readonly system: string;
  readonly epoch: string;
  /** Last position of the feed. */
  readonly head: number;
  /** Segments that are closed: 1 to this number. */
  readonly segments: number;
  /** Position whose state is told; null in the feed itself. */
  readonly snapshot: number | null;
  /** Positions that the page is complete for; `to` is one less than `from` when there is nothing new. */
  readonly scanned: { readonly from: number; readonly to: number };
  readonly entries: readonly FeedEntry[];
  /** Where to go on. */
  readonly cursor: string;
  /** Whether there is more at once. */
  readonly more: boolean;
}

/**
 * @returns The page.
 * @throws HubError CURSOR_INVALID; EPOCH_CHANGED when a restore lost what the cursor's holder has; FILTER_INVALID;
 * QUERY_INVALID for a snapshot at a position still to come.
 */
export async function feedPage(source: SystemStore, request: PageRequest): Promise<FeedPage> {
  checkFilter(source, request);
  const { system, store } = source;
  const db = store.reading;
  const head = await openHead(source);
  const filter = filterDigest(request);
  const place = request.after === undefined ? undefined : openCursor(request.after, head.secret, { system: system.code, filter });
  if (place !== undefined) await checkPlace(source, place, head);
  const at = place === undefined ? snapshotOf(request, head) : place.snapshot;
  const after = place?.position ?? 0;
  const end = at ?? head.position;
  const scan = at === undefined && !isFiltered(request) ? request.first : segmentPositions;
  const range = { system: system.code, after, upTo: Math.max(after, Math.min(end, after + scan)), filter: request, most: request.first };
  const { entries, to } = await (at === undefined ? changesIn(db, range) : standingIn(db, range, at));
  const next = await placeAt(db, { system: system.code, epoch: head.epoch, filter, position: to, snapshot: to === at ? undefined : at });
  return {
    version: 1,
    system: system.code,
    epoch: head.epoch,
    head: head.position,
    segments: Math.floor(head.position / segmentPositions),
    snapshot: at ?? null,
    scanned: { from: after + 1, to },
    entries,
    cursor: sealCursor(next, head.secret),
    more: to < head.position,
  };
}

/** @returns The head of a system's feed; a store that has none yet is given its first epoch. */
export async function openHead({ store, system }: Pick<SystemStore, 'store' | 'system'>): Promise<FeedHead> {
  const head = await readHead(store.reading, system.code);
  if (head !== undefined) return head;
  await makeEpoch(store.db);
  return openHead({ store, system });
}

/** @returns The cursor of the feed itself, without a filter, behind a position. */
export async function cursorAt({ store, system }: SystemStore, { epoch, secret }: FeedHead, position: number): Promise<string> {
  const place = { system: system.code, epoch, filter: filterDigest({}), position, snapshot: undefined };
  return sealCursor(await placeAt(store.reading, place), secret);
}

function snapshotOf({ snapshot }: PageRequest, { position }: FeedHead): number | undefined {
  if (snapshot === undefined || snapshot === true) return snapshot === true ? position : undefined;
  if (snapshot <= position) return snapshot;
  throw new HubError('QUERY_INVALID', {
    zh: `数据流到位置 ${position} 为止，没有位置 ${snapshot} 的快照。`,
    en: `The feed ends at position ${position}: there is no snapshot at ${snapshot}.`,
  });
}

async function placeAt(db: Kysely<unknown>, place: Omit<FeedPlace, 'mark'>): Promise<FeedPlace> {
  return { ...place, mark: (await changeMark(db, place.system, place.snapshot ?? place.position)) ?? '' };
}

async function checkPlace({ store, system }: SystemStore, place: FeedPlace, { epoch }: FeedHead): Promise<void> {
  if (place.epoch === epoch) {
    const mark = await changeMark(store.reading, system.code, place.snapshot ?? place.position);
    if (mark === place.mark) return;
    // Its holder has what is not here: whoever else follows this store must be told, too.
    await endEpoch(store.db, epoch);
  }
  throw new HubError('EPOCH_CHANGED', {
    zh: '系统的数据曾恢复到较早的备份，游标之前的内容可能已有出入。请不带游标重新取快照，并逐条对账。',
    en: 'The system was restored from an earlier backup, and what was delivered may differ: take a snapshot without a cursor, and reconcile.',
    system: system.code,
  });
}
