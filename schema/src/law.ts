/**
 * The law as a whole: every contract, what each of them serves, and the code lists. Made from text once, when first asked for.
 * @see design/architecture.md «Layout»
 */
import { codeListFiles, contractFiles, ruleFiles, sharedFiles } from '../generated/law-files.ts';

import type { CodeLists } from './codes.ts';
import type { SharedSdl } from './expand-contract.ts';
import { lawCodes } from './law-codes.ts';
import type { LawTexts } from './lints/lint-contracts.ts';
import { type ContractLaw, readLaw } from './read-law.ts';

/** Everything that is fixed for all provinces. */
export interface Law {
  readonly contracts: readonly ContractLaw[];
  readonly codes: CodeLists;
  /** The parts that every contract includes. */
  readonly shared: SharedSdl;
}

let known: Law | undefined;

/** @returns The law this release carries. */
export function law(): Law {
  known ??= lawOf();
  return known;
}

/** @returns The texts this release's law is made from. */
export function lawTexts(): LawTexts {
  return { contracts: contractFiles, shared: sharedFiles, codeLists: codeListFiles, rules: ruleFiles };
}

function lawOf(): Law {
  const contracts = readLaw(contractFiles, sharedFiles);
  const codes = lawCodes(
    codeListFiles,
    contracts.map(({ contract }) => contract),
  );
  return { contracts, codes, shared: sharedFiles };
}
