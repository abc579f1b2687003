/**
 * Dates and times must be readable and possible.
 * @see standard/identifiers.md 11
 */
import type { Rule } from '../rule.ts';
import { typeFindings } from '../type-findings.ts';

export const date: Rule = {
  id: 'DATE',
  policy: 'Refusal.',
  source: 'standard/identifiers.md 11',
  judgesWithdrawals: false,
  find: (judged) =>
    typeFindings(judged, (fault, type) =>
      fault === 'NOT_A_DATE'
        ? { severity: 'refusal', zh: `不是可能的日期或时间（${type}）。`, en: `No possible date or time (${type}).` }
        : undefined,
    ),
};
