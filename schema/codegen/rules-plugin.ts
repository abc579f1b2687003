/** graphql-codegen plugin: the catalogue of rules, for people. */
import { lawCodes } from '../src/law-codes.ts';
import { readContract } from '../src/read-contract.ts';
import { readRules, refuseRuleFaults } from '../src/rules/read-rules.ts';
import { ruleCatalogue } from '../src/rules/rule-catalogue.ts';
import { checkLaw } from './check-law.ts';
import { readLawFiles } from './load-contracts.ts';

/** @returns Markdown. */
export function plugin(): string {
  const { contracts, codeLists, rules = [] } = checkLaw(readLawFiles());
  const read = contracts.map(readContract);
  const { rules: all, faults } = readRules(rules, read, lawCodes(codeLists, read));
  refuseRuleFaults(faults);
  return ruleCatalogue(all, read);
}
