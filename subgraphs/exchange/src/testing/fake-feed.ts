/**
 * A system's feed in memory, served as the protocol says: what a test makes of its answers is the test's own.
 * @see schema/PROTOCOL.md 13
 */
import { type FeedEntry } from '@hub/kit';
import { contentHash } from '@hub/schema';

/** What is asked of a feed. */
export interface FeedQuestion {
  readonly after?: string;
  readonly first?: number;
  readonly snapshot?: true | number;
  readonly segment?: number;
}

/** A page as it is sent. */
export interface FakePage {
  readonly version: number;
  readonly system: string;
  readonly epoch: string;
  readonly head: number;
  readonly segments: number;
  readonly snapshot: number | null;
  readonly scanned: { readonly from: number; readonly to: number };
  readonly entries: readonly FeedEntry[];
  readonly cursor: string;
  readonly more: boolean;
}

/** A feed. */
export interface FakeFeed {
  readonly system: string;
  epoch: string;
  /** By position. */
  entries: FeedEntry[];
  /** @returns undefined when the cursor is of another epoch. */
  page(asked: FeedQuestion): FakePage | undefined;
  /** Lines of a closed segment. */
  segment(number: number): string;
}

const perSegment = 10_000;

/** @param count - Changes it begins with. */
export function fakeFeed(system: string, count: number): FakeFeed {
  const feed: FakeFeed = {
    system,
    epoch: 'epoch-1',
    entries: Array.from({ length: count }, (_, index) => fakeEntry(system, index + 1)),
    page({ after, first = 100, snapshot }) {
      const [epoch = feed.epoch, at = '0', of = ''] = after?.split('/') ?? [];
      if (epoch !== feed.epoch) return undefined;
      const head = feed.entries.length;
      const standing = after === undefined ? (snapshot === true ? head : (snapshot ?? null)) : of === '' ? null : Number(of);
      const from = Number(at) + 1;
      const to = Math.max(from - 1, Math.min(standing ?? head, Number(at) + first));
      const goesOn = standing !== null && to < standing ? `/${standing}` : '';
      return {
        version: 1,
        system,
        epoch: feed.epoch,
        head,
        segments: Math.floor(head / perSegment),
        snapshot: standing,
        scanned: { from, to },
        entries: feed.entries.slice(from - 1, to),
        cursor: `${feed.epoch}/${to}${goesOn}`,
        more: to < head,
      };
    },
    segment: (number) =>
      feed.entries
        .slice((number - 1) * perSegment, number * perSegment)
        .map((entry) => `${JSON.stringify(entry)}\n`)
        .join(''),
  };
  return feed;
}

/** @returns A change that holds. */
export function fakeEntry(system: string, position: number, name = `${system} 第 ${position} 标段`): FeedEntry {
  const fields = { BID_SECTION_NAME: name };
  return {
    position,
    dataset: 'SECTION',
    key: `${system}-${position}`,
    version: 1,
    op: 'put',
    hash: contentHash('SECTION', fields),
    payload: JSON.stringify(fields),
    dataTimestamp: '20261122093000',
    contract: 'construction@1',
    categories: ['construction'],
    source: { kind: 'PUBLISHED', name: '某平台' },
    receivedAt: '2026-11-22T01:30:00.000000Z',
  };
}
