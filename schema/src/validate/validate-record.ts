/**
 * The whole law over one record: every violation at once, in the order of the rules.
 * @see design/style.md «Functions»; standard/exchange.md 6
 */
import type { CodeLists } from '../codes.ts';
import type { Dataset } from '../contract.ts';
import type { WireRecord } from '../wire-record.ts';
import { type Judged, type SourceKind, sentUses } from './rule.ts';
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

/** @returns All violations, each rule at most once a field; both lists empty when the record keeps the standard. */
export function validateRecord(dataset: Dataset, record: WireRecord, bench: Bench): Verdict {
  const judged: Judged = { dataset, record, ...bench, ...sentUses(dataset, record) };
  const found = new Map<string, Violation>();
  for (const rule of rules) {
    if (record.op === 'withdraw' && !rule.judgesWithdrawals) continue;
    for (const { zh, en, ...finding } of rule.find(judged)) {
      const place = `${rule.id} ${finding.field}`;
      const known = found.get(place)?.severity;
      // Of a list's items one may be worth a warning and the next a refusal.
      if (known === undefined || (known === 'warning' && finding.severity === 'refusal'))
        found.set(place, { rule: rule.id, ...finding, messageZh: zh, messageEn: en });
    }
  }
  const violations = [...found.values()];
  return {
    refusals: violations.filter((violation) => violation.severity === 'refusal'),
    warnings: violations.filter((violation) => violation.severity === 'warning'),
  };
}
