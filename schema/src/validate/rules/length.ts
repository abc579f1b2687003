/**
 * Fixed and greatest lengths, in characters.
 * @see standard/identifiers.md 13; standard/exchange.md 6
 */
import type { Rule } from '../rule.ts';
import { typeFindings } from '../type-findings.ts';

export const length: Rule = {
  id: 'LENGTH',
  policy: 'Refusal when too long; a warning when shorter than a fixed length, which can still be read.',
  source: 'standard/identifiers.md 13',
  judgesWithdrawals: false,
  find: (judged) =>
    typeFindings(judged, (fault, type) => {
      if (fault === 'TOO_LONG') {
        return { severity: 'refusal', zh: `超过类型 ${type} 的长度。`, en: `Longer than type ${type} allows.` };
      }
      if (fault === 'TOO_SHORT') {
        return { severity: 'warning', zh: `短于类型 ${type} 的固定长度。`, en: `Shorter than the fixed length of ${type}.` };
      }
      return undefined;
    }),
};
