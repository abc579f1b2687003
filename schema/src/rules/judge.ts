/**
 * Judges a record by the rules that are data: all findings at once, and what it has to wait for.
 * @see issue 5 «Validation»; standard/exchange.md 4, 6
 */
import { meetsCondition } from '../validate/condition.ts';
import type { Severity, Violation } from '../validate/violation.ts';
import { wireValue } from '../wire-record.ts';
import type { DataRule } from './data-rule.ts';
import { type Facts, type JudgedRecord, type Lookup, lookupKey } from './judged-record.ts';

/** Why a record waits, and for what. */
export interface Wait {
  /** Permanent id of the rule. */
  readonly rule: string;
  /** How it is judged when the time is over and nothing came. */
  readonly severity: Severity;
  /** Where the record that is missing would be found. */
  readonly dataset: string;
  readonly field: string;
  readonly value: string;
  /** Hours from the receipt of the record. */
  readonly waitHours: number;
  readonly messageZh: string;
  readonly messageEn: string;
}

/** What the rules say of a record. */
export interface RuleVerdict {
  readonly refusals: readonly Violation[];
  readonly warnings: readonly Violation[];
  /** Not empty: the record is neither accepted nor refused yet, whatever its warnings; with refusals it need not wait. */
  readonly waits: readonly Wait[];
}

/** @returns What the rules want to know of standing records, each question once; [] when they need nothing. */
export function factsWanted(rules: readonly DataRule[], record: JudgedRecord): readonly Lookup[] {
  if (record.op === 'withdraw') return [];
  const wanted = new Map<string, Lookup>();
  for (const { search, when } of rules) {
    if (search.wants === undefined || !applies(when, record)) continue;
    for (const lookup of search.wants(record)) {
      const key = lookupKey(lookup);
      if (wanted.get(key)?.want !== 'records') wanted.set(key, lookup);
    }
  }
  return [...wanted.values()];
}

/** Whether some rule compares with the version of the record that stands. */
export function earlierWanted(rules: readonly DataRule[]): boolean {
  return rules.some(({ search }) => search.readsEarlier === true);
}

/**
 * Withdrawals break no rule: they bring only a key. A published record is warned where another would be refused, and never waits:
 * what it lacks cannot be asked for.
 * @returns Every breach, a rule at most once, in the order of the rules.
 */
export function judgeByRules(rules: readonly DataRule[], record: JudgedRecord, facts: Facts): RuleVerdict {
  const refusals: Violation[] = [];
  const warnings: Violation[] = [];
  const waits: Wait[] = [];
  for (const rule of record.op === 'withdraw' ? [] : rules) {
    if (!applies(rule.when, record)) continue;
    const outcome = rule.search.find(record, facts);
    if (outcome === undefined) continue;
    if ('missing' in outcome && isPatient(rule, record)) {
      waits.push(...outcome.missing.map((lookup) => waitFor(rule, lookup)));
      continue;
    }
    const violation = violationOf(rule, record, 'missing' in outcome ? undefined : outcome.field);
    (violation.severity === 'refusal' ? refusals : warnings).push(violation);
  }
  return { refusals, warnings, waits };
}

function applies(when: DataRule['when'], { fields }: JudgedRecord): boolean {
  return when.every((condition) => meetsCondition(condition, fields));
}

function isPatient({ waitHours }: DataRule, { sourceKind, waitedHours = 0 }: JudgedRecord): boolean {
  return waitHours !== undefined && sourceKind !== 'PUBLISHED' && waitedHours < waitHours;
}

function waitFor({ id, severity, waitHours = 0, messageZh, messageEn }: DataRule, { dataset, field, value }: Lookup): Wait {
  return { rule: id, severity, dataset, field, value, waitHours, messageZh, messageEn };
}

function violationOf(rule: DataRule, { fields, sourceKind }: JudgedRecord, at: string | undefined): Violation {
  const field = at ?? rule.search.field;
  const value = wireValue(fields, field);
  return {
    rule: rule.id,
    severity: sourceKind === 'PUBLISHED' ? 'warning' : rule.severity,
    field,
    messageZh: rule.messageZh,
    messageEn: rule.messageEn,
    ...(value === undefined ? {} : { value }),
  };
}
