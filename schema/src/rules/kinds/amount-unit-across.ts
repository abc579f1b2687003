/**
 * An amount about ten thousand times that of a related record, or a ten-thousandth of it: 元 and 万元 mixed up in one of the two.
 * @see standard/exchange.md 6 «unit errors 元/万元 are the reason»
 */
import type { Kind } from '../kind.ts';
import { areComparable, isUnitSuspect, measureIn } from '../measure.ts';
import { relatedIn } from '../related.ts';
import { asking, someFits } from '../some-related.ts';

export const amountUnitAcross: Kind = {
  name: 'AMOUNT_UNIT_ACROSS',
  zh: '金额与相关记录的金额不相差约一万倍（元与万元）。',
  en: 'An amount is not about ten thousand times apart from that of a related record.',
  parameters: ['amount', 'of'],
  across: true,
  compile(row) {
    const amount = measureIn(row, 'amount');
    const found = relatedIn(row, 'of', ['amount']);
    const other = found && measureIn(found.row, 'amount');
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
          return base === undefined ? undefined : !isUnitSuspect(ours, base);
        });
        return fits ? undefined : { breaks: true };
      },
    };
  },
};
