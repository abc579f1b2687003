/**
 * What values of an answer are, asked at the border. @see design/style.md «Types»
 */

/** An object, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A whole number that is exact, from 1. */
export function isCount(value: unknown): value is number {
  return isWhole(value) && value > 0;
}

/** A whole number that is exact, from 0. */
export function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
