/**
 * Dates in another form than the sheet's, still readable: `2017/04/28`, `20170428000000` for a day, ISO 8601.
 * @see standard/identifiers.md 11; standard/exchange.md 10
 */
import type { Rule } from '../rule.ts';
import { typeFindings } from '../type-findings.ts';

export const dateForm: Rule = {
  id: 'DATE_FORM',
  policy: 'Warning.',
  source: 'standard/identifiers.md 11',
  judgesWithdrawals: false,
  find: (judged) =>
    typeFindings(judged, (fault, type) =>
      fault === 'DATE_FORM'
        ? { severity: 'warning', zh: `日期写法不是 ${type}，已按原意读取。`, en: `Not written as ${type}; read all the same.` }
        : undefined,
    ),
};
