/**
 * Which changes of a feed a caller follows: some datasets, some trades, or all.
 * @see schema/PROTOCOL.md «The feed of a system»
 */
import { createHash } from 'node:crypto';

import { HubError, quotedList } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import type { SystemStore } from '../graph/context.ts';

/** Undefined: all of them. */
export interface FeedFilter {
  readonly datasets?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
}

/** @throws HubError FILTER_INVALID for a dataset or category that there is not: its changes would be waited for in vain. */
export function checkFilter({ store, codes }: SystemStore, { datasets = [], categories = [] }: FeedFilter): void {
  const known = codes.list('CATEGORY')?.values.map(({ code }) => code) ?? [];
  const unknown = [...datasets.filter((code) => !store.byCode.has(code)), ...categories.filter((code) => !known.includes(code))];
  if (unknown.length === 0) return;
  throw new HubError('FILTER_INVALID', {
    zh: `没有这样的数据集或交易类别：${quotedList(unknown, '、')}。`,
    en: `There is no such dataset or category: ${quotedList(unknown, ', ')}.`,
  });
}

/** Whether it leaves anything out. */
export function isFiltered({ datasets, categories }: FeedFilter): boolean {
  return datasets !== undefined || categories !== undefined;
}

/** @returns A short digest: a cursor is of one filter, for what another left out would never be told. Empty for none. */
export function filterDigest({ datasets, categories }: FeedFilter): string {
  if (!isFiltered({ datasets, categories })) return '';
  const text = JSON.stringify([datasets?.toSorted() ?? null, categories?.toSorted() ?? null]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** @returns SQL condition over the outbox row `o`. A change older than the feed (era 0) names no trade, and is told to all. */
export function filterCondition({ datasets, categories }: FeedFilter): RawBuilder<unknown> {
  const ofDatasets = datasets === undefined ? sql`true` : sql`o.dataset = any(${[...datasets]}::text[])`;
  return categories === undefined ? ofDatasets : sql`${ofDatasets} and (o.categories && ${[...categories]}::text[] or o.era = 0)`;
}
