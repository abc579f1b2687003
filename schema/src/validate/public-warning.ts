/**
 * Which warnings may stand on a record, where everybody who sees the record sees them. The sender is told all.
 * @see design/graph.md «Who sees what»
 */
import type { Dataset } from '../contract.ts';
import { ruleBook } from '../rules/rule-book.ts';
import { rules } from './rules.ts';
import type { Violation } from './violation.ts';
import { wireUses } from './wire-use.ts';

const codedRules: ReadonlySet<string> = new Set(rules.map(({ id }) => id));
const tellingRules: ReadonlySet<string> = new Set(rules.filter(({ tellsValue }) => tellsValue).map(({ id }) => id));

/**
 * Whether a warning may be shown with the record: not when it is about a field that is sealed, nor when it tells what a
 * value says («more than 3 billion», «required because the form is 1») and not everybody may read the field. A rule that is data tells
 * what every field says that it reads; what it finds in other records is for the sender alone, but that one of them is missing.
 */
export function isPublicWarning(dataset: Dataset, { rule, field }: Pick<Violation, 'rule' | 'field'>): boolean {
  const uses = wireUses(dataset).filter(({ wire }) => wire.code === field);
  if (uses.some((use) => use.field.sealed !== undefined)) return false;
  if (!codedRules.has(rule) && !isOpenRule(dataset, rule)) return false;
  return !tellingRules.has(rule) || uses.every((use) => use.field.visibility === 'PUBLIC');
}

/** Whether everybody may read all that a rule of `schema/rules/` looks at. Ids of neither kind tell nothing of values. */
function isOpenRule(dataset: Dataset, id: string): boolean {
  const rule = ruleBook().rules.find((one) => one.id === id);
  if (rule === undefined || rule.kind === 'PARENT_EXISTS') return true;
  const read = [...rule.search.reads, ...rule.when.map(({ code }) => code)];
  const isOpen = ({ wire, field }: ReturnType<typeof wireUses>[number]): boolean =>
    !read.includes(wire.code) || (field.visibility === 'PUBLIC' && field.sealed === undefined);
  return rule.search.asks === undefined && rule.search.readsEarlier === undefined && wireUses(dataset).every(isOpen);
}
