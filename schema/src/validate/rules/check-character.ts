/**
 * Identifiers whose check character does not fit. Real codes of the nation's platforms fail here.
 * @see standard/identifiers.md 1 «warn, not reject»
 */
import { identifierFindings } from '../identifier-findings.ts';
import type { Rule } from '../rule.ts';

export const checkCharacter: Rule = {
  id: 'CHECK_CHARACTER',
  policy: 'Warning.',
  source: 'standard/identifiers.md 1, 4, 5, 6',
  judgesWithdrawals: false,
  find: (judged) =>
    identifierFindings(judged, 'CHECK_CHARACTER', () => ({
      zh: '校验码不符。',
      en: 'The check character does not fit.',
    })),
};
