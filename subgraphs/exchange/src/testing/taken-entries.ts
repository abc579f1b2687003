/**
 * Entries and pages of a system's feed, as the harvest brings them.
 */
import type { FeedEntry } from '@hub/kit';
import { type WireFields, canonicalContent, contentHash } from '@hub/schema';

import type { TakenEntry, TakenPage } from '../journal/taken-page.ts';

type Told = Partial<Omit<FeedEntry, 'payload' | 'hash'>> & Pick<FeedEntry, 'dataset' | 'key'> & { readonly fields?: WireFields };

const receivedAt = '2026-11-01T00:00:00.000000Z';

/** @returns A record put into its system's feed; of a published source, so that what it lacks is a warning. */
export function entryOf({ fields = {}, dataset, key, position = 1, version = 1, ...told }: Told): FeedEntry {
  return {
    position,
    dataset,
    key,
    version,
    op: told.op ?? 'put',
    hash: contentHash(dataset, fields),
    payload: canonicalContent(fields),
    dataTimestamp: null,
    contract: 'construction@1.0.0',
    categories: ['construction'],
    source: { kind: 'PUBLISHED' },
    receivedAt,
    ...told,
  };
}

/** @returns A record withdrawn. */
export function withdrawalOf(told: Told): FeedEntry {
  return entryOf({ ...told, op: 'withdraw', reason: told.reason ?? 'SENDER' });
}

/** @returns A page of these entries, as of a feed that ends with them. */
export function pageOf(system: string, entries: readonly TakenEntry[], page: Partial<TakenPage> = {}): TakenPage {
  const from = entries[0]?.position ?? 1;
  const to = entries.at(-1)?.position ?? from - 1;
  return {
    system,
    epoch: 'epoch-1',
    scanned: { from, to },
    entries,
    cursor: `cursor-${to}`,
    head: to,
    snapshot: null,
    heardAt: receivedAt,
    offsetMs: undefined,
    ...page,
  };
}
