/**
 * An amount against one of a related record, in hundredths: an award is not above the ceiling, nor implausibly far from the estimate.
 * @see standard/exchange.md 6; issue 5 «award within a factor of the control price»
 */
import type { Kind } from '../kind.ts';
import { areComparable, isAbovePercent, isBelowPercent, measureIn } from '../measure.ts';
import { relatedIn } from '../related.ts';
import { countIn } from '../rule-row.ts';
import { asking, someFits } from '../some-related.ts';

export const amountAcross: Kind = {
  name: 'AMOUNT_ACROSS',
  zh: '金额（或数）在相关记录的金额的百分之几以内。',
  en: 'An amount or number keeps to percentages of one of a related record.',
  parameters: ['amount', 'of', 'atLeastPercent', 'atMostPercent'],
  across: true,
  compile(row) {
    const amount = measureIn(row, 'amount');
    const found = relatedIn(row, 'of', ['amount']);
    const other = found && measureIn(found.row, 'amount');
    const [atLeast, atMost] = [countIn(row, 'atLeastPercent', 1), countIn(row, 'atMostPercent', 1)];
    if (amount === undefined || found === undefined || other === undefined) return undefined;
    if (!areComparable(row, 'of', [amount, other])) return undefined;
    return {
      field: amount.code,
      ...asking(found.related, amount.code),
      find(record, facts) {
        const ours = amount.read(record.fields);
        if (ours === undefined) return undefined;
        const fits = someFits(found.related, { record, facts }, (theirs) => {
          const base = other.read(theirs);
          if (base === undefined) return undefined;
          return (
            !(atMost !== undefined && isAbovePercent(ours, atMost, base)) && !(atLeast !== undefined && isBelowPercent(ours, atLeast, base))
          );
        });
        return fits ? undefined : { breaks: true };
      },
    };
  },
};
