/**
 * What one change adds to the counters of quality. Pure.
 * @see standard/exchange.md 9; README «质量 Quality»
 */
import { type Dataset, type Violation, parseInstant } from '@hub/schema';

import { fieldsOf } from '../judge/content.ts';
import type { Judgement } from '../judge/judgement.ts';
import { isUnusable } from '../journal/taken-page.ts';
import type { ExchangeLaw } from '../store/exchange-law.ts';
import { storable } from '../store/storable-text.ts';
import { type LotStage, lotStages } from './lot-stages.ts';
import { type Harvested, type Timeliness, aheadOfTime, businessTime, timelinessOf } from './timeliness.ts';

/** A change as it is counted. */
export interface Measured {
  readonly category: string;
  /** Undefined where nothing tells the business time, and of withdrawals. */
  readonly timeliness: Timeliness | undefined;
  readonly lots: readonly LotStage[];
}

/** A judgement, what its time adds to it, and how it is counted. */
export interface MeasuredChange {
  readonly judgement: Judgement;
  readonly measured: Measured;
}

/**
 * Rules about a record's form; all others are about what it says: check characters, amounts, and the rules that are data, over
 * several fields and records.
 */
const formRules: ReadonlySet<string> = new Set(
  `MESSAGE_UNREADABLE DATASET_UNKNOWN HASH_MISMATCH KEY_MISSING KEY_TOO_LONG KEY_PERSON_NUMBER TEXT_UNREADABLE FIELD_UNKNOWN
  REQUIRED_MISSING REQUIRED_WHEN LENGTH NUMBER DIGITS DATE DATE_FORM CODE_UNKNOWN ENUM_UNKNOWN`.split(/\s+/),
);

/** No category is as long, and an index row must not be longer. */
const longestCategory = 100;

/** @returns The change measured; one from the future has a violation more. */
export function measureChange(law: ExchangeLaw, judgement: Judgement, harvested: Harvested): MeasuredChange {
  const { entry } = judgement;
  if (isUnusable(entry)) return { judgement, measured: { category: '', timeliness: undefined, lots: [] } };
  const category = storable((entry.categories[0] ?? '').slice(0, longestCategory));
  const judged = law.byCode.get(entry.dataset);
  const sent = entry.op === 'put' && judged !== undefined ? fieldsOf(entry) : undefined;
  if (judged === undefined || sent === undefined) return { judgement, measured: { category, timeliness: undefined, lots: [] } };
  const time = businessTime(judged.dataset, sent);
  // What is sealed leaves its system only when the seal ends: it is measured by when the system had it, by the system's own clock.
  const had = isSealable(judged.dataset) ? { at: parseInstant(entry.receivedAt) ?? harvested.at, offsetMs: undefined } : harvested;
  const timeliness = time === undefined ? undefined : timelinessOf(time, had);
  const ahead = time !== undefined && timeliness === 'AHEAD' ? [aheadOfTime(time)] : [];
  return {
    judgement: ahead.length === 0 ? judgement : { ...judgement, violations: [...judgement.violations, ...ahead] },
    measured: { category, timeliness, lots: lotStages(judged.dataset, sent) },
  };
}

function isSealable({ sealed, fields }: Dataset): boolean {
  return sealed !== undefined || fields.some((field) => field.sealed !== undefined);
}

/** Whether a rule is about a record's form. */
export function isAboutForm({ rule }: Pick<Violation, 'rule'>): boolean {
  return formRules.has(rule);
}
