/**
 * The whole law over one record: every violation at once, in the order of the rules.
 * @see design/style.md «Functions»; standard/exchange.md 6
 */
import type { CodeLists } from '../codes.ts';
import type { Dataset } from '../contract.ts';
import type { WireRecord } from '../wire-record.ts';
import { type Finding, type Judged, type SourceKind, sentUses } from './rule.ts';
import { rules } from './rules.ts';
import type { Violation } from './violation.ts';

/** What a record is judged by, besides its dataset. */
export interface Bench {
  readonly codes: CodeLists;
  readonly sourceKind: SourceKind;
}

/** A record with refusals is not stored; its warnings are told all the same. */
export interface Verdict {
  readonly refusals: readonly Violation[];
  readonly warnings: readonly Violation[];
}

/** Fields that one rule names at most, and the length of a name: a sender may invent any number of fields, of any length. */
const mostFields = 50;
const longestName = 100;

/**
 * @returns All violations, each rule at most once a field; both lists empty when the record keeps the standard. A rule that more
 * than fifty fields break says of the rest how many they are.
 */
export function validateRecord(dataset: Dataset, record: WireRecord, bench: Bench): Verdict {
  const judged: Judged = { dataset, record, ...bench, ...sentUses(dataset, record) };
  const violations = rules.flatMap((rule) =>
    record.op === 'withdraw' && !rule.judgesWithdrawals ? [] : violationsOf(rule.id, rule.find(judged)),
  );
  return {
    refusals: violations.filter((violation) => violation.severity === 'refusal'),
    warnings: violations.filter((violation) => violation.severity === 'warning'),
  };
}

function violationsOf(rule: string, findings: readonly Finding[]): readonly Violation[] {
  const found = new Map<string, Violation>();
  for (const { zh, en, ...finding } of findings) {
    const known = found.get(finding.field)?.severity;
    // Of a list's items one may be worth a warning and the next a refusal.
    if (known === undefined || (known === 'warning' && finding.severity === 'refusal'))
      found.set(finding.field, { rule, ...finding, field: shortened(finding.field), messageZh: zh, messageEn: en });
  }
  const all = [...found.values()];
  const rest = all.slice(mostFields);
  if (rest.length === 0) return all;
  return [
    ...all.slice(0, mostFields),
    {
      rule,
      severity: rest.some(({ severity }) => severity === 'refusal') ? 'refusal' : 'warning',
      field: '',
      messageZh: `另有 ${rest.length} 个字段也违反这条规则。`,
      messageEn: `${rest.length} more fields break this rule.`,
    },
  ];
}

function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}
