/**
 * Two amounts of a record about ten thousand times apart: one of them is in 元 and the other was meant in 万元.
 * @see standard/exchange.md 6 «unit errors 元/万元 are the reason»
 */
import type { Kind } from '../kind.ts';
import { areComparable, isUnitSuspect, measureIn } from '../measure.ts';

export const amountUnit: Kind = {
  name: 'AMOUNT_UNIT',
  zh: '两个金额不相差约一万倍（元与万元）。',
  en: 'Two amounts are not about ten thousand times apart (元 and 万元).',
  parameters: ['amount', 'against'],
  across: false,
  compile(row) {
    const [amount, other] = [measureIn(row, 'amount'), measureIn(row, 'against')];
    if (amount === undefined || other === undefined) return undefined;
    if (!areComparable(row, 'against', [amount, other])) return undefined;
    return {
      field: amount.code,
      reads: [amount.code, other.code],
      find({ fields }) {
        const [a, b] = [amount.read(fields), other.read(fields)];
        return a !== undefined && b !== undefined && isUnitSuspect(a, b) ? { breaks: true } : undefined;
      },
    };
  },
};
