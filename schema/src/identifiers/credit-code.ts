/**
 * 统一社会信用代码: 18 characters out of 31, the last one a check by weights 3^i modulo 31.
 * @see GB 32100-2015; standard/identifiers.md 4
 */
import type { IdentifierFault } from './fault.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const shape = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/**
 * @param first17 - The code without its check character; longer text is cut.
 * @returns The check character; undefined when a character is outside the alphabet or there are fewer than 17.
 */
export function creditCodeCheck(first17: string): string | undefined {
  if (first17.length < 17) return undefined;
  let sum = 0;
  let weight = 1;
  for (const character of first17.slice(0, 17).toUpperCase()) {
    const value = alphabet.indexOf(character);
    if (value < 0) return undefined;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/** @returns What is wrong with the code; undefined when it verifies. Case does not matter. */
export function checkCreditCode(value: string): IdentifierFault | undefined {
  const code = value.toUpperCase();
  if (!shape.test(code)) return 'SHAPE';
  return creditCodeCheck(code) === code.charAt(17) ? undefined : 'CHECK_CHARACTER';
}
