/**
 * Which warnings may stand on a record, where everybody who sees the record sees them. The sender is told all.
 * @see design/graph.md «Who sees what»
 */
import type { Dataset } from '../contract.ts';
import { rules } from './rules.ts';
import type { Violation } from './violation.ts';
import { wireUses } from './wire-use.ts';

const tellingRules: ReadonlySet<string> = new Set(rules.filter(({ tellsValue }) => tellsValue).map(({ id }) => id));

/**
 * Whether a warning may be shown with the record: not when it is about a field that is sealed, nor when it tells what a
 * value says («more than 3 billion», «required because the form is 1») and not everybody may read the field.
 */
export function isPublicWarning(dataset: Dataset, { rule, field }: Pick<Violation, 'rule' | 'field'>): boolean {
  const uses = wireUses(dataset).filter(({ wire }) => wire.code === field);
  if (uses.some((use) => use.field.sealed !== undefined)) return false;
  return !tellingRules.has(rule) || uses.every((use) => use.field.visibility === 'PUBLIC');
}
