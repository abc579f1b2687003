/**
 * A number, or an amount in yuan, within bounds.
 * @see standard/exchange.md 6
 */
import { compareDecimals } from '../../decimal.ts';
import type { Kind } from '../kind.ts';
import { decimalIn, measureIn } from '../measure.ts';

export const numberWithin: Kind = {
  name: 'NUMBER_WITHIN',
  zh: '数（金额按元）在限度之内。',
  en: 'A number, or an amount in yuan, is within bounds.',
  parameters: ['field', 'atLeast', 'atMost'],
  across: false,
  compile(row) {
    const [atLeast, atMost] = [decimalIn(row, 'atLeast'), decimalIn(row, 'atMost')];
    const measure = measureIn(row, 'field');
    if (measure === undefined) return undefined;
    return {
      field: measure.code,
      reads: [measure.code],
      find({ fields }) {
        const value = measure.read(fields);
        if (value === undefined) return undefined;
        const outside =
          (atLeast !== undefined && compareDecimals(value, atLeast) < 0) || (atMost !== undefined && compareDecimals(value, atMost) > 0);
        return outside ? { breaks: true } : undefined;
      },
    };
  },
};
