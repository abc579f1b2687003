/**
 * Money is the standard's tuple: amount, currency, unit, form, and words.
 * @see standard/identifiers.md 13; design/graph.md «Types»
 */
import type { Lint } from '../lint.ts';
import { partFaults } from '../parts.ts';

export const moneyPart: Lint = {
  code: 'MONEY_PART',
  find: (law) =>
    partFaults(law, { graphType: 'Money', zh: '金额', known: ['amount', 'currency', 'unit', 'form', 'text'], leading: ['amount', 'text'] }),
};
