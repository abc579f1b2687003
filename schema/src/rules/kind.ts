/**
 * What a kind of rule is: its name, what it says in general, and how its parameters become a search. The list of kinds is closed:
 * a new kind is one file and one line in kinds.ts.
 * @see standard/exchange.md 6
 */
import type { Search } from './data-rule.ts';
import type { RuleRow } from './rule-row.ts';

/** One kind of rule. */
export interface Kind {
  /** Permanent, as rule files write it. */
  readonly name: string;
  /** What a rule of this kind demands, for the catalogue. */
  readonly zh: string;
  readonly en: string;
  /** Names its parameters may have in a rule file, besides those of every rule. */
  readonly parameters: readonly string[];
  /** Whether it looks at other records, or at an earlier version. */
  readonly across: boolean;
  /** Whether a record may wait for what it looks for. */
  readonly waits?: true;
  /** @returns The search; undefined when a parameter was at fault, which the row has noted. */
  readonly compile: (row: RuleRow) => Search | undefined;
}
