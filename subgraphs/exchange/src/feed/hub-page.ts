/**
 * One page of the hub's feed: changes after a cursor, or the records that stand at a position and then the changes from the next
 * one on. Says which positions it is complete for. Lines are stored text.
 * @see design/feed.md 5 to 7; schema/PROTOCOL.md 13
 */
import { type FeedHead, type FeedPlace, changeMark, endEpoch, openCursor, readHead, sealCursor } from '@hub/kit';
import { HubError, segmentPositions } from '@hub/schema';

import type { ExchangeStore } from '../store/open-store.ts';

import { hubStream } from './feed-state.ts';
import { type HubFilter, checkHubFilter, hubFilterDigest, isFiltered } from './hub-filter.ts';
import { type HubLine, linesIn, standingIn } from './read-lines.ts';

/** What is asked. */
export interface HubPageRequest extends HubFilter {
  /** Cursor of the page before; absent: from the beginning. Excludes `snapshot`. */
  readonly after?: string | undefined;
  /** Changes at the most; a page of 4 MiB ends early. */
  readonly first: number;
  /** True: the records that stand now, before the changes that follow; a number: at that position. */
  readonly snapshot?: true | number | undefined;
}

/** A page. */
export interface HubPage {
  readonly epoch: string;
  /** Last position of the feed. */
  readonly head: number;
  /** Position whose state is told; null in the feed itself. */
  readonly snapshot: number | null;
  /** Positions that the page is complete for; `to` is one less than `from` when there is nothing new. */
  readonly scanned: { readonly from: number; readonly to: number };
  readonly entries: readonly HubLine[];
  /** Where to go on. */
  readonly cursor: string;
  /** Whether there is more at once. */
  readonly more: boolean;
}

/**
 * @returns The page.
 * @throws HubError CURSOR_INVALID; EPOCH_CHANGED when a restore lost what the cursor's holder has; FILTER_INVALID; QUERY_INVALID
 * for a snapshot at a position still to come.
 */
export async function readHubPage(store: ExchangeStore, request: HubPageRequest): Promise<HubPage> {
  checkHubFilter(store.law, request);
  const db = store.reading;
  const head = await headOf(store);
  const filter = hubFilterDigest(request);
  const place = request.after === undefined ? undefined : openCursor(request.after, head.secret, { system: hubStream, filter });
  if (place !== undefined) await checkPlace(store, place, head);
  const at = place === undefined ? snapshotOf(request, head) : place.snapshot;
  const after = place?.position ?? 0;
  const scan = at === undefined && !isFiltered(request) ? request.first : segmentPositions;
  const range = { after, upTo: Math.max(after, Math.min(at ?? head.position, after + scan)), filter: request, most: request.first };
  const { entries, to } = await (at === undefined ? linesIn(db, range) : standingIn(db, range, at));
  const snapshot = to === at ? undefined : at;
  const mark = (await changeMark(db, hubStream, snapshot ?? to)) ?? '';
  return {
    epoch: head.epoch,
    head: head.position,
    snapshot: at ?? null,
    scanned: { from: after + 1, to },
    entries,
    cursor: sealCursor({ system: hubStream, epoch: head.epoch, filter, position: to, snapshot, mark }, head.secret),
    more: to < head.position,
  };
}

async function headOf({ reading }: ExchangeStore): Promise<FeedHead> {
  const head = await readHead(reading, hubStream);
  if (head === undefined) throw new Error('the exchange’s feed has no epoch: its migration did not end');
  return head;
}

function snapshotOf({ snapshot }: HubPageRequest, { position }: FeedHead): number | undefined {
  if (snapshot === undefined || snapshot === true) return snapshot === true ? position : undefined;
  if (snapshot <= position) return snapshot;
  throw new HubError('QUERY_INVALID', {
    zh: `数据流到位置 ${position} 为止，没有位置 ${snapshot} 的快照。`,
    en: `The feed ends at position ${position}: there is no snapshot at ${snapshot}.`,
  });
}

async function checkPlace({ db, reading }: ExchangeStore, place: FeedPlace, { epoch }: FeedHead): Promise<void> {
  if (place.epoch === epoch) {
    const mark = await changeMark(reading, hubStream, place.snapshot ?? place.position);
    if (mark === place.mark) return;
    // Its holder has what is not here: whoever else follows the hub must be told, too.
    await endEpoch(db, epoch);
  }
  throw new HubError('EPOCH_CHANGED', {
    zh: '枢纽的数据曾恢复到较早的备份，游标之前的内容可能已有出入。请不带游标重新取快照，并逐条对账。',
    en: 'The hub was restored from an earlier backup, and what was delivered may differ: take a snapshot without a cursor, and reconcile.',
  });
}
