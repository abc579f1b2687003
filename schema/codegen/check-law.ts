/**
 * Nothing is generated from contracts that break the lints: generation stops and tells every finding.
 * @see schema/src/lints/
 */
import { printFinding } from '../src/lints/finding.ts';
import { type LawTexts, lintContracts } from '../src/lints/lint-contracts.ts';

/**
 * @returns The texts, when no lint objects.
 * @throws Error that lists every finding with its place, Chinese first.
 */
export function checkLaw(texts: LawTexts): LawTexts {
  const findings = lintContracts(texts);
  if (findings.length === 0) return texts;
  throw new Error(
    [
      `契约有 ${findings.length} 处不合规，没有生成任何文件。`,
      `The contracts have ${findings.length} findings; nothing is generated.`,
      ...findings.map(printFinding),
    ].join('\n'),
  );
}
