/**
 * 统一交易标识码: class, registering platform, date, serial and a check character, 40 characters with hyphens.
 * @see V1.0 section 3; ISO/IEC 7064 MOD 37-2; standard/identifiers.md 1
 */
import type { IdentifierFault } from './fault.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';
const shape = /^[0-9A-Z]{3}-[0-9A-Z]{18}-\d{8}-\d{6}-[0-9A-Z*]$/;

/**
 * @param body - The 35 characters before the check, hyphens allowed anywhere.
 * @returns The check character; undefined when there are not 35 letters and digits.
 */
export function dealCodeCheck(body: string): string | undefined {
  const characters = body.replaceAll('-', '').toUpperCase();
  if (!/^[0-9A-Z]{35}$/.test(characters)) return undefined;
  let product = 0;
  for (const character of characters) product = ((product + alphabet.indexOf(character)) * 2) % 37;
  return alphabet.charAt((38 - product) % 37);
}

/**
 * @returns What is wrong with the code; undefined when it verifies. The platform's own credit code inside it is not
 * checked: one wrong character is one fault.
 */
export function checkUnifiedDealCode(value: string): IdentifierFault | undefined {
  const code = value.toUpperCase();
  if (!shape.test(code)) return 'SHAPE';
  return dealCodeCheck(code.slice(0, 38)) === code.charAt(39) ? undefined : 'CHECK_CHARACTER';
}
