/**
 * One amount of a record is at most another one, or at most so many hundredths of it.
 * @see standard/exchange.md 6
 */
import type { Kind } from '../kind.ts';
import { areComparable, isAbovePercent, measureIn } from '../measure.ts';
import { countIn } from '../rule-row.ts';

export const amountNotAbove: Kind = {
  name: 'AMOUNT_NOT_ABOVE',
  zh: '金额（或数）不超过另一个，或它的百分之几。',
  en: 'An amount or number is at most another one, or a percentage of it.',
  parameters: ['amount', 'limit', 'percent'],
  across: false,
  compile(row) {
    const [amount, limit] = [measureIn(row, 'amount'), measureIn(row, 'limit')];
    const percent = countIn(row, 'percent', 1) ?? 100;
    if (amount === undefined || limit === undefined) return undefined;
    if (!areComparable(row, 'limit', [amount, limit])) return undefined;
    return {
      field: amount.code,
      reads: [amount.code, limit.code],
      find({ fields }) {
        const [value, most] = [amount.read(fields), limit.read(fields)];
        return value !== undefined && most !== undefined && isAbovePercent(value, percent, most) ? { breaks: true } : undefined;
      },
    };
  },
};
