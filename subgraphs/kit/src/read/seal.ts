/**
 * Sealed means: not read, filtered, ordered or counted before the milestone of the record's lot, by the clock of the database
 * that holds it. A lot whose milestone is not known is sealed; a record of several lots is sealed until all have reached it.
 * Another contract's lot of the same code is another lot.
 * @see design/graph.md «Who sees what»
 */
import type { Dataset, Milestone, Seal } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import { lotColumn } from '../store/columns.ts';

/**
 * Told as a day without a time, a moment has passed when the day is over: at its midnight nothing has been opened or decided
 * yet. The instant is looked at before the text, which is the dearer of the two.
 */
const passed = (column: string, wireCode: string): RawBuilder<unknown> => sql`${sql.ref(`d.${column}`)} + case
  when date_trunc('day', ${sql.ref(`d.${column}`)} at time zone interval '8 hours') = ${sql.ref(`d.${column}`)} at time zone interval '8 hours'
    and d.wire->>${sql.lit(wireCode)} ~ ${sql.lit(String.raw`^\s*\d{4}\D*\d{1,2}\D*\d{1,2}\D*$`)}
  then interval '1 day' else interval '0' end`;
const openedBy = passed('i_opens_at', 'OPENS_AT');
const decidedBy = passed('i_decided_at', 'DECIDED_AT');

/**
 * When a milestone has come, over alias `d` of the lot's deal; never null. An award without an opening time on record has been
 * opened all the same; a lot given up before its opening has not. A decision older than the opening belongs to an earlier
 * round: the lot is tendered again and its result is still to come.
 */
const come: Readonly<Record<Milestone, RawBuilder<unknown>>> = {
  OPENING: sql`coalesce(${openedBy} <= hub_now(), d.i_state = 'AWARDED' and ${decidedBy} <= hub_now(), false)`,
  RESULT: sql`coalesce(${decidedBy} <= hub_now() and (d.i_opens_at is null or d.i_opens_at <= ${decidedBy}), false)`,
};

/** @returns Milestones that fields of the dataset wait for. */
export function milestonesOf(dataset: Dataset): readonly Milestone[] {
  return [...new Set(dataset.fields.flatMap((field) => (field.sealed === undefined ? [] : [field.sealed.until])))];
}

/** @returns SQL condition over alias `t`, rows of the system: those that may be read now; `true` where nothing is sealed. */
export function unsealed(dataset: Dataset, system: string): RawBuilder<unknown> {
  return dataset.sealed === undefined ? sql`true` : reached(dataset, dataset.sealed, system);
}

/** @returns SQL condition over alias `t`, rows of the system: the seal's milestone has come for all lots of the row. */
export function reached(dataset: Dataset, seal: Seal, system: string): RawBuilder<unknown> {
  const { until } = seal;
  const column = lotColumn(dataset, seal);
  // A contract whose seal names no lot would unseal everything or nothing; nothing is the safe reading.
  if (column === undefined) return sql`false`;
  const own = sql.ref(`t.${column.name}`);
  const contract = dataset.type === 'Deal' ? sql`t.contract` : sql`${dataset.contract}`;
  if (column.kind !== 'textList') return lotHasCome({ system: sql`${system}`, contract, lot: own }, until);
  return sql`(cardinality(${own}) > 0 and not exists (
    select 1 from unnest(${own}) as lot(code) where not ${lotHasCome({ system: sql`${system}`, contract, lot: sql`lot.code` }, until)}))`;
}

/** A lot, in SQL. */
export interface LotSql {
  readonly system: RawBuilder<unknown>;
  readonly contract: RawBuilder<unknown>;
  readonly lot: RawBuilder<unknown>;
}

/** @returns SQL condition. A system may have sent several deals of one lot: the latest milestone counts. */
export function lotHasCome({ system, contract, lot }: LotSql, until: Milestone): RawBuilder<unknown> {
  const deal = sql`select 1 from deal as d where d.system = ${system} and d.contract = ${contract} and d.i_lot_code = ${lot}`;
  return sql`(exists (${deal} and ${come[until]}) and not exists (${deal} and not ${come[until]}))`;
}
