/**
 * Numbers: digits with an optional sign and one point. Whole numbers must also fit the graph's Int where it shows one.
 * @see standard/identifiers.md 13; GraphQL section 3.5.1
 */
import { readInt } from '../../decode/scalar.ts';
import { type Finding, type Rule } from '../rule.ts';
import { typeFindings } from '../type-findings.ts';

export const number: Rule = {
  id: 'NUMBER',
  policy: 'Refusal.',
  source: 'standard/identifiers.md 13',
  judgesWithdrawals: false,
  find: (judged) => [
    ...typeFindings(judged, (fault, type) =>
      fault === 'NOT_A_NUMBER' ? { severity: 'refusal', zh: `不是数字（类型 ${type}）。`, en: `Not a number (type ${type}).` } : undefined,
    ),
    ...judged.sent
      .filter(({ field, texts }) => field.graphType === 'Int' && texts.some((text) => readInt(text) === null))
      .map(({ wire, texts }): Finding => ({
        field: wire.code,
        severity: 'refusal',
        zh: '不是 32 位整数。',
        en: 'Not a whole number of 32 bits.',
        value: texts.join(';'),
      })),
  ],
};
