/**
 * Which changes of the hub's feed a caller follows: some systems, datasets, trades, or all.
 * @see design/feed.md 5; schema/PROTOCOL.md 13
 */
import { createHash } from 'node:crypto';

import { HubError, quotedList } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import type { ExchangeLaw } from '../store/exchange-law.ts';

/** Undefined: all of them. */
export interface HubFilter {
  readonly systems?: readonly string[] | undefined;
  readonly datasets?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
}

/** @throws HubError FILTER_INVALID for a dataset or category that there is not: its changes would be waited for in vain. */
export function checkHubFilter({ byCode, codes }: ExchangeLaw, { datasets = [], categories = [] }: HubFilter): void {
  const known = codes.list('CATEGORY')?.values.map(({ code }) => code) ?? [];
  const unknown = [...datasets.filter((code) => !byCode.has(code)), ...categories.filter((code) => !known.includes(code))];
  if (unknown.length === 0) return;
  throw new HubError('FILTER_INVALID', {
    zh: `没有这样的数据集或交易类别：${quotedList(unknown, '、')}。`,
    en: `There is no such dataset or category: ${quotedList(unknown, ', ')}.`,
  });
}

/** Whether it leaves anything out. */
export function isFiltered({ systems, datasets, categories }: HubFilter): boolean {
  return systems !== undefined || datasets !== undefined || categories !== undefined;
}

/** @returns A short digest: a cursor is of one filter, for what another left out would never be told. Empty for none. */
export function hubFilterDigest(filter: HubFilter): string {
  if (!isFiltered(filter)) return '';
  const parts = [filter.systems, filter.datasets, filter.categories].map((codes) => codes?.toSorted() ?? null);
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

/** @returns SQL condition over the row `c` of `change`. A change that names no trade is told to all. */
export function hubCondition({ systems, datasets, categories }: HubFilter): RawBuilder<boolean> {
  const of = (column: string, codes: readonly string[] | undefined): RawBuilder<boolean> =>
    codes === undefined ? sql`true` : sql`c.${sql.id(column)} = any(${[...codes]}::text[])`;
  const trade = categories === undefined ? sql`true` : sql`(c.categories && ${[...categories]}::text[] or c.categories = '{}')`;
  return sql`${of('system', systems)} and ${of('dataset', datasets)} and ${trade}`;
}
