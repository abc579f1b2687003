/**
 * Reads the counters of quality for a range of days. Everything was counted when it came: nothing but counters is read.
 * @see store/tables/quality.sql
 */
import { type Kysely, sql } from 'kysely';

import { weeksBack } from './pulse.ts';

/** Which counters. */
export interface QualityScope {
  /** Days `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  /** Undefined: all. */
  readonly systems: readonly string[] | undefined;
  readonly datasets: readonly string[] | undefined;
  readonly categories: readonly string[] | undefined;
}

/** Counters that belong together. */
export interface QualityCounts {
  readonly changes: number;
  readonly accepted: number;
  readonly refused: number;
  readonly waiting: number;
  readonly repaired: number;
  readonly conforming: number;
  readonly accurate: number;
  readonly sameDay: number;
  readonly days2To3: number;
  readonly days4To7: number;
  readonly later: number;
  readonly ahead: number;
}

/** Counters of a dataset, or of a day. */
export interface DatasetCounts extends QualityCounts {
  readonly system: string;
  readonly category: string;
  readonly dataset: string;
}

/** A rule that was broken. */
export interface RuleCount {
  readonly system: string;
  readonly category: string;
  readonly dataset: string;
  readonly rule: string;
  readonly field: string;
  readonly severity: 'refusal' | 'warning';
  readonly changes: number;
}

/** Lots whose outcome came, by stage. */
export interface StageCount {
  readonly system: string;
  readonly category: string;
  readonly stage: string;
  readonly lots: number;
}

/** Changes of a system in one hour. */
export interface HourCount {
  readonly system: string;
  /** Hours since 1970. */
  readonly hour: number;
  readonly changes: number;
  /** First hour in which the system was heard. */
  readonly first: number;
}

const sums = sql`sum(d.changes)::int as changes, sum(d.accepted)::int as accepted, sum(d.refused)::int as refused,
  sum(d.waiting)::int as waiting, coalesce(sum(r.repaired), 0)::int as repaired, sum(d.conforming)::int as conforming,
  sum(d.accurate)::int as accurate, sum(d.same_day)::int as "sameDay", sum(d.days_2_3)::int as "days2To3",
  sum(d.days_4_7)::int as "days4To7", sum(d.later)::int as later, sum(d.ahead)::int as ahead`;
const counted = sql`quality_day d left join quality_repair_day r
  on r.system = d.system and r.day = d.day and r.category = d.category and r.dataset = d.dataset`;

/** @returns Counters by system, category and dataset, in that order. */
export async function readDatasets(db: Kysely<unknown>, scope: QualityScope): Promise<readonly DatasetCounts[]> {
  const found = await sql<DatasetCounts>`select d.system, d.category, d.dataset, ${sums} from ${counted}
    where ${within(scope)} group by d.system, d.category, d.dataset order by d.system, d.category, d.dataset`.execute(db);
  return found.rows;
}

/** @returns Sums of each day, in order. */
export async function readDays(db: Kysely<unknown>, scope: QualityScope): Promise<readonly (QualityCounts & { readonly day: string })[]> {
  const found = await sql<QualityCounts & { readonly day: string }>`select d.day::text as day, ${sums} from ${counted}
    where ${within(scope)} group by d.day order by d.day`.execute(db);
  return found.rows;
}

/** @returns Rules that were broken, the most often first. */
export async function readRules(db: Kysely<unknown>, scope: QualityScope): Promise<readonly RuleCount[]> {
  const found = await sql<RuleCount>`select d.system, d.category, d.dataset, d.rule, d.field, d.severity, sum(d.changes)::int as changes
    from quality_rule_day d where ${within(scope)} group by d.system, d.category, d.dataset, d.rule, d.field, d.severity
    order by changes desc, d.dataset, d.rule, d.field`.execute(db);
  return found.rows;
}

/** @returns Stages of the lots whose outcome came in the range. */
export async function readStages(db: Kysely<unknown>, { from, to, systems, categories }: QualityScope): Promise<readonly StageCount[]> {
  const found = await sql<StageCount>`select d.system, d.category, d.stage, sum(d.lots)::int as lots from quality_stage_day d
    where d.day between ${from}::date and ${to}::date and ${among(sql`d.system`, systems)} and ${among(sql`d.category`, categories)}
    group by d.system, d.category, d.stage`.execute(db);
  return found.rows;
}

/** @returns Hours with changes, of as many weeks as are compared and one more. */
export async function readHours(db: Kysely<unknown>, systems: readonly string[] | undefined, nowMs: number): Promise<readonly HourCount[]> {
  const since = new Date(nowMs - (weeksBack + 1) * 7 * 86_400_000).toISOString();
  const found = await sql<HourCount>`select h.system, (extract(epoch from h.hour) / 3600)::int as hour, h.changes,
      (extract(epoch from (select min(f.hour) from quality_hour f where f.system = h.system)) / 3600)::int as first
    from quality_hour h where h.hour >= ${since}::timestamptz and ${among(sql`h.system`, systems)} order by h.system, h.hour`.execute(db);
  return found.rows;
}

function within({ from, to, systems, datasets, categories }: QualityScope) {
  return sql`d.day between ${from}::date and ${to}::date and ${among(sql`d.system`, systems)}
    and ${among(sql`d.dataset`, datasets)} and ${among(sql`d.category`, categories)}`;
}

function among(column: ReturnType<typeof sql>, values: readonly string[] | undefined) {
  return values === undefined ? sql`true` : sql`${column} = any(${[...values]}::text[])`;
}
