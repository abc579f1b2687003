/**
 * Where a part of a page belongs: it goes on where the system's feed was left, repeats what was taken, or begins an epoch. Pure.
 * @see design/feed.md 5 and 6
 */
import { HubError } from '@hub/schema';

import type { SourceState } from '../store/source-state.ts';

import type { PagePart } from './take-page.ts';
import type { TakenPage } from './taken-page.ts';

/** Where a part belongs. */
export interface Place {
  /** Everything of it was taken before. */
  readonly repeats: boolean;
  /** Last position taken before; 0 when an epoch begins. */
  readonly after: number;
  /** Position through which the feed is taken afterwards. */
  readonly position: number;
  /** Position of the snapshot with which the epoch began; 0: without one. */
  readonly snapshot: number;
}

/** @throws HubError SYSTEM_FAILED when a position that the page is complete for has no entry, or entries are not in order. */
export function checkDense({ system, scanned, entries, snapshot }: TakenPage): void {
  let last = scanned.from - 1;
  for (const { position } of entries) {
    const next = snapshot === null ? position === last + 1 : position > last;
    if (!next || position > scanned.to) throw holes(system, last + 1);
    last = position;
  }
  if (snapshot === null && last !== Math.max(scanned.to, scanned.from - 1)) throw holes(system, last + 1);
}

/** @throws HubError SYSTEM_FAILED when positions before the part were never taken; EPOCH_CHANGED. */
export function placePage(source: SourceState, { page, from, to }: PagePart): Place {
  const begins = beginning(source, page, from);
  const after = begins === undefined ? source.position : 0;
  const snapshot = begins ?? source.snapshot;
  if (from > after + 1) throw holes(page.system, after + 1);
  const repeats = begins === undefined && to <= after && from <= to;
  return { repeats, after, position: Math.max(after, to), snapshot };
}

/** @returns The snapshot's position when the part begins an epoch; undefined when it goes on with the one that is known. */
function beginning(source: SourceState, page: TakenPage, from: number): number | undefined {
  const unfinished = source.position < source.snapshot;
  if (source.epoch === null && from === 1) return page.snapshot ?? 0;
  // A snapshot may be begun again, at a later position, as long as it was not read to its end.
  if (page.snapshot !== null && from === 1 && (source.epoch !== page.epoch || (unfinished && source.snapshot !== page.snapshot))) {
    return page.snapshot;
  }
  if (source.epoch === page.epoch) return undefined;
  throw new HubError('EPOCH_CHANGED', {
    zh: `系统 ${page.system} 的数据流换了世代，须从快照重新取。`,
    en: `The feed of ${page.system} has a new epoch: it must be taken again from a snapshot.`,
    system: page.system,
  });
}

function holes(system: string, position: number): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: `系统 ${system} 的数据流缺位置 ${position}，或位置次序不对。`,
    en: `The feed of ${system} lacks position ${position}, or its positions are out of order.`,
    system,
  });
}
