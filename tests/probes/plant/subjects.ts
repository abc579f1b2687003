/**
 * What a record of a lot says in public: its business codes, whose it is, and the times of the story.
 */
import type { Dataset, SystemRow } from '@hub/schema';

import { type Lot, lots } from './lots.ts';

/** @returns Business codes of the lots and of their project by identifier rule; `place` keeps systems apart. */
export function codesOfLots(named: readonly Lot[], place: number): ReadonlyMap<string, readonly string[]> {
  const projects = [...new Set(lots.map(({ project }) => project))];
  const [first] = named;
  const project = `E990100${String(place * 100 + projects.indexOf(first?.project ?? '')).padStart(4, '0')}000000`;
  const sections = named.map((lot) => `${project}001${String(lots.findIndex(({ name }) => name === lot.name)).padStart(3, '0')}`);
  return new Map([
    ['projectCode', [project]],
    ['tenderProjectCode', [`${project}001`]],
    ['bidSectionCode', sections],
  ]);
}

/** @returns The codes that make the system's records originals. */
export function platformOf({ platformCodes: [own] }: SystemRow): Readonly<Record<string, string>> {
  return own === undefined ? {} : { PLATFORM_CODE: own.platform, ...(own.tradePlat === undefined ? {} : { TRADE_PLAT: own.tradePlat }) };
}

/** Whether the story of these lots has a record of this dataset. */
export function happens(dataset: Dataset, named: readonly Lot[]): boolean {
  const [lot, second] = named;
  const codes = dataset.fields.find((field) => field.wire.some(({ id }) => id === 'bidSectionCode'));
  if (lot === undefined || codes === undefined || (second !== undefined && !codes.list)) return false;
  if (dataset.type === 'BidSection') return lot.known;
  if (dataset.type === 'AwardNotice') return lot.award !== undefined;
  if (dataset.type === 'TenderAbnormality') return lot.end !== undefined;
  // Of a lot that nobody tells of there are only bids and what comes with them.
  return lot.known || dataset.deal === undefined || dataset.sealed !== undefined;
}

/** @returns Wire values of the times that rule seals, by graph field; absent ones are not told. */
export function timesOf(dataset: Dataset, named: readonly Lot[]): Readonly<Record<string, string | undefined>> {
  const [lot, second] = named;
  const { told, dayOnly, award, end }: Partial<Lot> = second === undefined ? (lot ?? {}) : {};
  switch (dataset.type) {
    case 'TenderNotice':
      return { openingAt: wireTime(told?.notice)?.slice(0, dayOnly === true ? 8 : 14) };
    case 'TenderDocument':
      return { openingAt: told?.document === undefined ? undefined : wireTime(told.notice), postponedOpeningAt: wireTime(told?.document) };
    case 'BidOpening':
      return { openedAt: wireTime(told?.record) };
    case 'AwardNotice':
      return { publishedAt: wireTime(award) };
    case 'TenderAbnormality':
      return { approvedAt: wireTime(end?.at) };
    default:
      return {};
  }
}

/** @returns `yyyyMMddHHmmss` in UTC+8. */
export function wireTime(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined;
  return new Date(ms + 8 * 3_600_000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
}
