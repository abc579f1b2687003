/**
 * Adds a part of a page to the counters, in the transaction that journals it: after its changes are inserted, and before the
 * records stand anew, for a refusal is repaired by the first version accepted since.
 * @see standard/exchange.md 9; store/tables/quality.sql
 */
import { type Transaction, sql } from 'kysely';

import type { ChangeRow } from '../journal/change-row.ts';
import { outcome } from './lot-stages.ts';
import { type Measured, type MeasuredChange, isAboutForm } from './measure-change.ts';
import { dayIn } from './timeliness.ts';

/** A change with what it measures. */
export interface CountedChange {
  readonly row: Pick<ChangeRow, 'dataset' | 'key' | 'state' | 'violations' | 'position'>;
  readonly measured: Measured;
}

/** Which changes are counted. */
export interface CountedPart {
  readonly system: string;
  readonly harvestedAt: string;
  readonly changes: readonly CountedChange[];
  /** Of each change, by its position. */
  readonly ids: ReadonlyMap<number, string>;
  /** They waited and are decided now: they were counted when they came, but not what they break. */
  readonly waited?: true;
}

/** @returns Rows with what was measured of them: one for each, in the same order. */
export function countedChanges(rows: readonly CountedChange['row'][], measured: readonly MeasuredChange[]): readonly CountedChange[] {
  return rows.flatMap((row, place) => {
    const found = measured[place];
    return found === undefined ? [] : [{ row, measured: found.measured }];
  });
}

/** Counts the changes. */
export async function countQuality(db: Transaction<unknown>, part: CountedPart): Promise<void> {
  if (part.changes.length === 0) return;
  const day = dayIn(part.harvestedAt);
  await sql`with days as (
      insert into quality_day as q (system, dataset, category, day, changes, accepted, refused, waiting, conforming, accurate,
        same_day, days_2_3, days_4_7, later, ahead)
      select ${part.system}, g.dataset, g.category, ${day}::date, g.changes, g.accepted, g.refused, g.waiting, g.conforming, g.accurate,
        g.same_day, g.days_2_3, g.days_4_7, g.later, g.ahead
      from jsonb_to_recordset(${JSON.stringify(dayRows(part))}::jsonb) as g(dataset text, category text, changes int, accepted int,
        refused int, waiting int, conforming int, accurate int, same_day int, days_2_3 int, days_4_7 int, later int, ahead int)
      on conflict (system, day, category, dataset) do update set changes = q.changes + excluded.changes,
        accepted = q.accepted + excluded.accepted, refused = q.refused + excluded.refused, waiting = q.waiting + excluded.waiting,
        conforming = q.conforming + excluded.conforming, accurate = q.accurate + excluded.accurate,
        same_day = q.same_day + excluded.same_day, days_2_3 = q.days_2_3 + excluded.days_2_3,
        days_4_7 = q.days_4_7 + excluded.days_4_7, later = q.later + excluded.later, ahead = q.ahead + excluded.ahead
    ), rules as (
      insert into quality_rule_day as q (system, dataset, category, day, rule, field, severity, changes)
      select ${part.system}, g.dataset, g.category, ${day}::date, g.rule, g.field, g.severity, g.changes
      from jsonb_to_recordset(${JSON.stringify(ruleRows(part))}::jsonb)
        as g(dataset text, category text, rule text, field text, severity text, changes int)
      on conflict (system, day, category, dataset, rule, field, severity) do update set changes = q.changes + excluded.changes
    )
    insert into quality_hour as q (system, hour, changes)
    values (${part.system}, date_trunc('hour', ${part.harvestedAt}::timestamptz), ${part.waited === true ? 0 : part.changes.length})
    on conflict (system, hour) do update set changes = q.changes + excluded.changes`.execute(db);
  await countRepairs(db, part);
  await countStages(db, part, day);
}

/** Each refusal since the version that stood is repaired, once, by a version accepted now. */
async function countRepairs(db: Transaction<unknown>, { system, changes, ids }: CountedPart): Promise<void> {
  const accepted = changes.filter(({ row }) => row.state === 'ACCEPTED');
  if (accepted.length === 0) return;
  // In order: of several of a record the last one stands.
  const last = new Map(
    accepted.map(({ row: { dataset, key, position } }) => [`${dataset}\n${key}`, { dataset, key, id: ids.get(position) }]),
  );
  await sql`with accepted as (
      select * from json_to_recordset(${JSON.stringify([...last.values()])}::json) as g(dataset text, key text, id bigint)
    )
    insert into quality_repair_day as r (system, dataset, category, day, repaired)
    select ${system}, q.dataset, coalesce(q.categories[1], ''), (q.harvested_at at time zone 'Asia/Shanghai')::date, count(*)
    from accepted a
    left join record stood on stood.system = ${system} and stood.dataset = a.dataset and stood.key = a.key
    join change q on q.system = ${system} and q.dataset = a.dataset and q.key = a.key and q.state = 'REFUSED'
      and q.id < a.id and q.id > coalesce(stood.change, 0)
    group by 2, 3, 4
    on conflict (system, day, category, dataset) do update set repaired = r.repaired + excluded.repaired`.execute(db);
}

/** A lot counts on the day its outcome came, with each of its stages, whichever came first. */
async function countStages(db: Transaction<unknown>, { system, changes }: CountedPart, day: string): Promise<void> {
  const told = changes
    .filter(({ row }) => row.state === 'ACCEPTED')
    .flatMap(({ measured: { category, lots } }) => lots.map((lot) => ({ category, ...lot })));
  if (told.length === 0) return;
  await sql`with given as (
      select distinct category, lot, stage from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as g(category text, lot text, stage text)
    ), fresh as (
      insert into quality_lot (system, category, lot, stage, day) select ${system}, category, lot, stage, ${day}::date from given
      on conflict do nothing returning category, lot, stage, day
    ), known as (
      select l.category, l.lot, l.stage, l.day, false as is_new from quality_lot l
      where l.system = ${system} and (l.category, l.lot) in (select category, lot from given)
      union all select category, lot, stage, day, true from fresh
    )
    insert into quality_stage_day as q (system, category, day, stage, lots)
    select ${system}, ended.category, ended.day, had.stage, count(*)
    from known ended join known had on had.category = ended.category and had.lot = ended.lot
    where ended.stage = ${outcome} and (ended.is_new or had.is_new)
    group by 2, 3, 4
    on conflict (system, day, category, stage) do update set lots = q.lots + excluded.lots`.execute(db);
}

type DayRow = Record<'changes' | 'accepted' | 'refused' | 'waiting' | 'conforming' | 'accurate' | Bucket, number> & {
  readonly dataset: string;
  readonly category: string;
};
type Bucket = 'same_day' | 'days_2_3' | 'days_4_7' | 'later' | 'ahead';
const buckets = { SAME_DAY: 'same_day', DAYS_2_3: 'days_2_3', DAYS_4_7: 'days_4_7', LATER: 'later', AHEAD: 'ahead' } as const;
const states = { ACCEPTED: 'accepted', REFUSED: 'refused', WAITING: 'waiting' } as const;

function dayRows({ changes, waited }: CountedPart): readonly DayRow[] {
  const rows = new Map<string, DayRow>();
  for (const { row, measured } of changes) {
    const name = `${row.dataset}\n${measured.category}`;
    const day = rows.get(name) ?? noRow(row.dataset, measured.category);
    rows.set(name, day);
    day[states[row.state]] += 1;
    if (waited === true) day.waiting -= 1;
    else {
      day.changes += 1;
      if (measured.timeliness !== undefined) day[buckets[measured.timeliness]] += 1;
    }
    if (row.state === 'WAITING' || row.violations.some(isAboutForm)) continue;
    day.conforming += 1;
    if (row.violations.length === 0) day.accurate += 1;
  }
  return [...rows.values()];
}

function noRow(dataset: string, category: string): DayRow {
  const decided = { changes: 0, accepted: 0, refused: 0, waiting: 0, conforming: 0, accurate: 0 };
  return { dataset, category, ...decided, same_day: 0, days_2_3: 0, days_4_7: 0, later: 0, ahead: 0 };
}

function ruleRows({ changes }: CountedPart): readonly unknown[] {
  const rows = new Map<string, Record<'dataset' | 'category' | 'rule' | 'field' | 'severity', string> & { changes: number }>();
  for (const { row, measured } of changes) {
    if (row.state === 'WAITING') continue;
    // A rule that a change breaks several times in one field counts once.
    for (const name of new Set(row.violations.map(({ rule, field, severity }) => [rule, field, severity].join('\n')))) {
      const [rule = '', field = '', severity = ''] = name.split('\n');
      const key = [row.dataset, measured.category, name].join('\n');
      const counted = rows.get(key) ?? { dataset: row.dataset, category: measured.category, rule, field, severity, changes: 0 };
      rows.set(key, counted);
      counted.changes += 1;
    }
  }
  return [...rows.values()];
}
