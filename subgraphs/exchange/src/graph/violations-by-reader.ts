/**
 * Violations in two lists, for the graph knows readers by its fields alone: what government may know, and what is for those only
 * who may read all fields. @see schema/contracts/exchange.graphql; schema/PROTOCOL.md 5
 */
import { holdsPersonNumber, type Violation, violationVisibility } from '@hub/schema';

import type { ExchangeLaw } from '../store/exchange-law.ts';
import { toldViolations } from './told-entry.ts';

/** Which rule, and where. */
type Broken = Pick<Violation, 'rule' | 'field'>;

/** Whether a rule that records of the dataset break is no government user's to know; where no dataset is known, no field is either. */
export function isRestrictedViolation({ byCode, rules }: ExchangeLaw, dataset: string, broken: Broken): boolean {
  const known = byCode.get(dataset)?.dataset;
  return known !== undefined && violationVisibility(known, broken, rules.rules) === 'RESTRICTED';
}

/** @returns Violations of a record of this dataset as the graph tells them. */
export function violationsByReader(law: ExchangeLaw, dataset: string, violations: readonly Violation[]) {
  // Words that are not ours, the nation's, may quote what was sent.
  const isRestricted = (one: Violation): boolean => isRestrictedViolation(law, dataset, one) || holdsPersonNumber(one.messageZh);
  return {
    violations: toldViolations(violations.filter((one) => !isRestricted(one))),
    restrictedViolations: toldViolations(violations.filter(isRestricted)),
  };
}
