import { describe, expect, test } from 'vitest';

import { productOf } from './product.ts';

describe('products are exact until the one rounding', () => {
  test.each([
    [['0.1', '0.2'], 2, '0.02'],
    [['1234567890.12', '1.0001'], 4, '1234691346.909'],
    [['2.5', '1.01'], 1, '2.5'],
    [['0.05', '0.1'], 2, '0.01'],
    [['3', '4'], 2, '12'],
    [['99999999999999.99', '100'], 0, '9999999999999999'],
  ])('%j to %i decimals', (factors, decimals, expected) => expect(productOf(factors, decimals)).toBe(expected));
});
