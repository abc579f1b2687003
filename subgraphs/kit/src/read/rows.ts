/**
 * A record as it is read: its wire form and what stands beside it.
 * @see design/architecture.md «Record»
 */
import type { Dataset, Milestone } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import { tableName } from '../store/columns.ts';
import type { RecordSource, StoredWarning } from '../write/arrival.ts';

import { milestonesOf, reached } from './seal.ts';

/** One row of a dataset's table. */
export interface RecordRow {
  readonly id: string;
  readonly key: string;
  readonly origin: string;
  readonly source: RecordSource;
  /** Canonical instant, UTC, microseconds. */
  readonly received: string;
  readonly warnings: readonly StoredWarning[];
  readonly wire: Readonly<Record<string, string>>;
  /** Milestones of sealed fields: whether they are reached. */
  readonly milestones: Readonly<Partial<Record<Milestone, boolean>>>;
}

const instantFormat = sql.lit('YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

/** @returns SQL for the canonical text of an instant column. */
export function canonicalInstantSql(column: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`to_char(${column} at time zone 'UTC', ${instantFormat})`;
}

/** @returns The columns that make a `RecordRow`, over table alias `t`, rows of the system. */
export function rowColumns(dataset: Dataset, system: string): RawBuilder<unknown> {
  const milestones = milestonesOf(dataset).flatMap((until) => {
    const seal = dataset.fields.find((field) => field.sealed?.until === until)?.sealed;
    return seal === undefined ? [] : [sql`${sql.lit(until)}::text, ${reached(dataset, seal, system)}`];
  });
  const told = milestones.length === 0 ? sql`'{}'::jsonb` : sql`jsonb_build_object(${sql.join(milestones)})`;
  return sql`t.id, t.key, t.origin, t.source, ${canonicalInstantSql(sql`t.received_at`)} as received, t.warnings, t.wire, ${told} as milestones`;
}

/** @returns The dataset's table under alias `t`. */
export function fromTable(dataset: Dataset): RawBuilder<unknown> {
  return sql`${sql.table(tableName(dataset))} as t`;
}
