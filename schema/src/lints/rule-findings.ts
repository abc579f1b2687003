/**
 * What is wrong with the rules of contracts, told beside what is wrong with the contracts: a rule about a field that is gone must not
 * be generated from.
 * @see schema/src/rules/read-rules.ts
 */
import type { CodeLists } from '../codes.ts';
import { readRules } from '../rules/read-rules.ts';
import type { Finding } from './finding.ts';
import type { ReadContract } from './lint.ts';

/** Permanent id of this lint. */
const code = 'RULE_INVALID';

/** @returns A finding for each fault, at the head of its contract; files of contracts that are not there are left to who reads them. */
export function ruleFindings(contracts: readonly ReadContract[], codes: CodeLists, files: readonly unknown[]): readonly Finding[] {
  const read = contracts.map(({ contract }) => contract);
  const named = files.filter((file) => read.some(({ name }) => name === contractOf(file)));
  return readRules(named, read, codes).faults.map(({ file, at, zh, en }) => {
    const place = contracts.find(({ contract }) => file === `rules/${contract.name}.json`);
    const { line = 1, column = 1 } = place?.head.loc?.startToken ?? {};
    const contract = place?.contract.name ?? file;
    return { code, contract, type: '', line, column, messageZh: `${file} 的 ${at} ${zh}。`, messageEn: `${at} of ${file} ${en}.` };
  });
}

function contractOf(file: unknown): unknown {
  return typeof file === 'object' && file !== null && 'contract' in file ? file.contract : undefined;
}
