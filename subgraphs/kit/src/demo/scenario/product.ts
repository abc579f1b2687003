/**
 * Products of decimals, exact until the one rounding at the end: prices of a demonstration add up like real ones.
 */
import { shiftDecimal } from '@hub/schema';

/** @returns The product with so many decimals, half rounded up. */
export function productOf(factors: readonly string[], decimals: number): string {
  let [digits, scale] = [1n, 0];
  for (const factor of factors) {
    const [whole = '0', fraction = ''] = factor.split('.');
    digits *= BigInt(whole + fraction);
    scale += fraction.length;
  }
  if (scale <= decimals) return shiftDecimal(digits.toString(), -scale);
  const unit = 10n ** BigInt(scale - decimals);
  return shiftDecimal(((digits + unit / 2n) / unit).toString(), -decimals);
}
