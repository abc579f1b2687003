/**
 * Identifiers not built as the standard says.
 * @see standard/identifiers.md
 */
import { identifierFindings } from '../identifier-findings.ts';
import type { Rule } from '../rule.ts';

export const identifierShape: Rule = {
  id: 'IDENTIFIER_SHAPE',
  policy: 'Warning.',
  source: 'standard/identifiers.md',
  judgesWithdrawals: false,
  find: (judged) =>
    identifierFindings(judged, 'SHAPE', {
      zh: '编码结构不符合标准。',
      en: 'Not built as the standard says.',
    }),
};
