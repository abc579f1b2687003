/**
 * How long after the business time a change reached the exchange. Days are calendar days in UTC+8: what comes on the day itself
 * is in time. Harvested before it happened is impossible, and a violation.
 * @see design/feed.md 9; standard/exchange.md 2
 */
import { type Dataset, type Violation, type WireFields, canonicalInstant, printInstant, wireValue } from '@hub/schema';

/** On the day, on the second or third, the fourth to seventh, later; or before it happened. */
export type Timeliness = 'SAME_DAY' | 'DAYS_2_3' | 'DAYS_4_7' | 'LATER' | 'AHEAD';

/** When what a record tells of happened, by the record. */
export interface BusinessTime {
  readonly field: string;
  /** Canonical instant. */
  readonly at: string;
  /** Only the day was told. */
  readonly isDay: boolean;
}

/** When the exchange took it. */
export interface Harvested {
  /** Canonical instant. */
  readonly at: string;
  /** How far the source's clock is before ours; undefined: not measured. */
  readonly offsetMs: number | undefined;
}

/** The rule of what came before it happened: the one that is judged when a change comes, and not again when it is decided. */
export const timeAhead = 'TIME_AHEAD';

const dayMs = 86_400_000;
/** Clocks are measured over a network. */
const toleranceMs = 60_000;

/** @returns The time of the notice, else of the decision, else DATA_TIMESTAMP; undefined when none can be read. */
export function businessTime({ notice, deal, fields }: Dataset, sent: WireFields): BusinessTime | undefined {
  const named = [notice?.['publishedAt'], deal?.['decidedAt']];
  const codes = named.map((name) => fields.find((field) => field.name === name)?.wire[0]?.code);
  for (const code of [...codes, 'DATA_TIMESTAMP']) {
    const text = code === undefined ? undefined : wireValue(sent, code);
    const at = text === undefined ? undefined : canonicalInstant(text);
    if (code !== undefined && at !== undefined) return { field: code, at, isDay: at.endsWith('T16:00:00.000000Z') };
  }
  return undefined;
}

/** @returns The bucket of a change. */
export function timelinessOf({ at, isDay }: BusinessTime, harvested: Harvested): Timeliness {
  const happenedMs = Date.parse(at) - (isDay ? 0 : (harvested.offsetMs ?? 0));
  const days = dayOf(Date.parse(harvested.at)) - dayOf(happenedMs);
  if (isDay ? days < 0 : Date.parse(harvested.at) - happenedMs < -toleranceMs) return 'AHEAD';
  if (days <= 0) return 'SAME_DAY';
  return days <= 2 ? 'DAYS_2_3' : days <= 6 ? 'DAYS_4_7' : 'LATER';
}

/** @returns What is told of a change that came before it happened. */
export function aheadOfTime({ field }: BusinessTime): Violation {
  return {
    rule: timeAhead,
    severity: 'warning',
    field,
    messageZh: '业务时间晚于数据交换取到的时间（已扣除时钟偏差）：请核对时间与系统时钟。',
    messageEn: 'The business time is after the exchange took the change, clocks compared: check the time and the system’s clock.',
  };
}

/** @returns The calendar day in UTC+8, `YYYY-MM-DD`. */
export function dayIn(instant: string): string {
  return printInstant(instant).slice(0, 10);
}

function dayOf(ms: number): number {
  return Math.floor((ms + 8 * 3_600_000) / dayMs);
}
