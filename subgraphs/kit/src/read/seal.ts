/**
 * Sealed means: not read, filtered, ordered or counted before the milestone of the record's lot, by the clock of the database
 * that holds it. A lot whose milestone is not known is sealed; a record of several lots is sealed until all have reached it.
 * @see design/graph.md «Who sees what»
 */
import type { Dataset, Milestone, Seal } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import { columnsOf } from '../store/columns.ts';

const milestoneColumn: Readonly<Record<Milestone, string>> = { OPENING: 'i_opens_at', RESULT: 'i_decided_at' };

/** @returns Milestones that fields of the dataset wait for. */
export function milestonesOf(dataset: Dataset): readonly Milestone[] {
  return [...new Set(dataset.fields.flatMap((field) => (field.sealed === undefined ? [] : [field.sealed.until])))];
}

/** @returns SQL condition over alias `t`: rows that may be read now; `true` for a dataset that is not sealed. */
export function unsealed(dataset: Dataset): RawBuilder<unknown> {
  return dataset.sealed === undefined ? sql`true` : reached(dataset, dataset.sealed);
}

/** @returns SQL condition over alias `t`: the seal's milestone has come for all lots of the row. */
export function reached(dataset: Dataset, seal: Seal): RawBuilder<unknown> {
  const lot = dataset.fields.find((field) => field.name === seal.lot);
  const column = lot === undefined ? undefined : columnsOf(lot)[0];
  // A contract whose seal names no lot would unseal everything or nothing; nothing is the safe reading.
  if (column === undefined) return sql`false`;
  const come = sql`select 1 from deal as d where d.system = t.system and ${sql.ref(`d.${milestoneColumn[seal.until]}`)} <= clock_timestamp()`;
  const own = sql.ref(`t.${column.name}`);
  if (column.kind !== 'textList') return sql`exists (${come} and d.i_lot_code = upper(${own}))`;
  return sql`(cardinality(${own}) > 0 and not exists (
    select 1 from unnest(${own}) as lot(code) where not exists (${come} and d.i_lot_code = upper(lot.code))))`;
}
