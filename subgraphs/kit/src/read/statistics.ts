/**
 * Deals grouped and summed. A deal counts once: originals only, decided ones only, in the month it was decided (UTC+8).
 * Money sums true amounts in yuan; the rest is counted as not priced. Payments and receipts are different groups.
 * @see design/graph.md «Sketch», design/partitioning.md «Group»
 */
import type { Dataset } from '@hub/schema';
import { type Kysely, type RawBuilder, sql } from 'kysely';

import { type Filter, matching } from './filter.ts';
import { fromTable } from './rows.ts';
import { reached } from './seal.ts';

/** Dimensions a deal can be grouped by. */
export type DealDimension = 'CATEGORY' | 'STATE' | 'REGION' | 'TRADING_PLACE' | 'SYSTEM' | 'MONTH';

const dimensions: Readonly<Record<DealDimension, RawBuilder<unknown>>> = {
  CATEGORY: sql`t.i_category`,
  STATE: sql`t.i_state`,
  REGION: sql`t.i_region`,
  TRADING_PLACE: sql`t.i_trading_place`,
  SYSTEM: sql`t.system`,
  MONTH: sql`to_char(t.i_decided_at at time zone interval '8 hours', 'YYYY-MM')`,
};

/** One group. */
export interface DealGroup {
  readonly direction: string | null;
  /** A code for each dimension, `-` where it is not known. */
  readonly key: readonly string[];
  readonly deals: number;
  readonly priced: number;
  readonly price: string;
  readonly saved: string | null;
  readonly bidders: number | null;
}

/** @returns Every group, in no order. */
export async function dealStatistics(
  db: Kysely<unknown>,
  dataset: Dataset,
  { system, filter, by }: { readonly system: string; readonly filter: Filter | null | undefined; readonly by: readonly DealDimension[] },
): Promise<readonly DealGroup[]> {
  const keys = by.map((dimension) => sql`coalesce(${dimensions[dimension]}, '-')`);
  const key = keys.length === 0 ? sql`'{}'::text[]` : sql`array[${sql.join(keys)}]::text[]`;
  const found = await sql<DealGroup>`
    select direction, key, count(*)::int as deals, count(price)::int as priced, trim_scale(coalesce(sum(price), 0))::text as price,
      case when direction = 'PUBLIC_PAYS' then trim_scale(sum(reference - price))::text end as saved,
      case when sum(bidders) is not null then least(sum(bidders), 2147483647)::int end as bidders
    from (
      select t.i_direction as direction, ${key} as key, t.i_price as price, t.i_reference as reference,
        case when ${openToAll(dataset, system)} then nullif(t.wire->>'BIDDER_COUNT', '')::numeric end as bidders
      from ${fromTable(dataset)}
      where ${matching(dataset, system, filter)} and t.origin = 'ORIGINAL' and t.i_decided_at is not null
    ) as decided
    group by direction, key`.execute(db);
  return found.rows;
}

/** Bidders are summed where the deal itself shows their number. */
function openToAll(deal: Dataset, system: string): RawBuilder<unknown> {
  const { sealed } = deal.fields.find(({ name }) => name === 'bidderCount') ?? {};
  return sealed === undefined ? sql`true` : reached(deal, sealed, system);
}
