/**
 * Digits before and after the point. Zeros that change nothing do not count: 4227.0000 is a whole number.
 * @see standard/identifiers.md 13
 */
import type { Rule } from '../rule.ts';
import { typeFindings } from '../type-findings.ts';

export const digits: Rule = {
  id: 'DIGITS',
  policy: 'Refusal.',
  source: 'standard/identifiers.md 13',
  judgesWithdrawals: false,
  find: (judged) =>
    typeFindings(judged, (fault, type) =>
      fault === 'TOO_MANY_DIGITS'
        ? { severity: 'refusal', zh: `整数或小数位数超过类型 ${type}。`, en: `More digits or decimals than ${type} allows.` }
        : undefined,
    ),
};
