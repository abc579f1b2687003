/**
 * Who may know that a rule is broken: whoever may read all that the rule looked at. The sender is told all.
 * @see design/graph.md «Who sees what»; public-warning.ts, for what stands on the record itself
 */
import type { Dataset, Visibility } from '../contract.ts';
import { strictest } from '../lints/strictness.ts';
import type { DataRule } from '../rules/data-rule.ts';
import { ruleBook } from '../rules/rule-book.ts';
import { readCondition } from './condition.ts';
import type { Violation } from './violation.ts';
import { wireUses } from './wire-use.ts';

/**
 * @param rules - Those that are data; this release's when absent.
 * @returns The strictest visibility among the fields that the rule read of the record. RESTRICTED, too, of a field that is sealed:
 * whether it was sent at all is told by nobody before its time.
 */
export function violationVisibility(
  dataset: Dataset,
  { rule, field }: Pick<Violation, 'rule' | 'field'>,
  rules: readonly DataRule[] = ruleBook().rules,
): Visibility {
  const uses = wireUses(dataset);
  const read = new Set([field, ...fieldsOfRule(rules, rule)]);
  if (rule === 'REQUIRED_WHEN') {
    for (const { wire } of uses.filter((use) => use.wire.code === field)) read.add(readCondition(wire.requiredWhen ?? '')?.code ?? '');
  }
  return strictest(uses.filter(({ wire }) => read.has(wire.code)).map((use) => (use.field.sealed ? 'RESTRICTED' : use.field.visibility)));
}

function fieldsOfRule(rules: readonly DataRule[], id: string): readonly string[] {
  const rule = rules.find((one) => one.id === id);
  return rule === undefined ? [] : [...rule.search.reads, ...rule.when.map(({ code }) => code)];
}
