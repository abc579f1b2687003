/**
 * Single values of the graph from text: booleans of 是否, whole numbers, exact decimals.
 * @see design/graph.md «Types»; V2.0 section 6.2
 */
import { canonicalDecimal, isDecimal } from '../decimal.ts';

const truths: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['0', false],
  // The older form that property-rights systems still send.
  ['T', true],
  ['F', false],
]);
const intLimit = 2_147_483_647;

/** @returns 是 or 否; null when the text says neither. */
export function readBoolean(text: string | undefined): boolean | null {
  return truths.get(text ?? '') ?? null;
}

/** @returns The whole number; null when the text is none, or beyond GraphQL's 32 bits. */
export function readInt(text: string | undefined): number | null {
  const decimal = readDecimal(text);
  if (decimal === null || decimal.includes('.')) return null;
  const value = Number(decimal);
  return Math.abs(value) <= intLimit ? value : null;
}

/** @returns The canonical decimal; null when the text is none. */
export function readDecimal(text: string | undefined): string | null {
  return text !== undefined && isDecimal(text) ? canonicalDecimal(text) : null;
}
