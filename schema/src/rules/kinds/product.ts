/**
 * An amount is the product of others, up to rounding: price times quantity. The price must be told in yuan.
 * @see standard/identifiers.md 13
 */
import { compareDecimals, multiplyDecimals } from '../../decimal.ts';
import type { Kind } from '../kind.ts';
import { isAbovePercent, measureIn } from '../measure.ts';

export const product: Kind = {
  name: 'PRODUCT',
  zh: '金额等于单价乘以数量，误差不超过百分之一。',
  en: 'An amount is price times quantity, to one per cent.',
  parameters: ['amount', 'price', 'quantity'],
  across: false,
  compile(row) {
    const [amount, price, quantity] = [measureIn(row, 'amount'), measureIn(row, 'price'), measureIn(row, 'quantity')];
    if (amount === undefined || price === undefined || quantity === undefined) return undefined;
    return {
      field: amount.code,
      reads: [amount.code, price.code, quantity.code],
      find({ fields }) {
        const [whole, each, count] = [amount.read(fields), price.read(fields), quantity.read(fields)];
        if (whole === undefined || each === undefined || count === undefined) return undefined;
        const made = multiplyDecimals(each, count);
        if (compareDecimals(made, '0') <= 0) return undefined;
        return isAbovePercent(whole, 101, made) || !isAbovePercent(whole, 99, made) ? { breaks: true } : undefined;
      },
    };
  },
};
