/**
 * 组织机构代码: 8 characters and a check by weights modulo 11, often written with a hyphen before the check. Retired in
 * favour of the credit code, which contains it, yet parties still carry it.
 * @see GB 11714-1997; standard/identifiers.md 5
 */
import type { IdentifierFault } from './fault.ts';

const weights = [3, 7, 9, 10, 5, 8, 4, 2] as const;
const shape = /^[0-9A-Z]{8}-?[0-9X]$/;

/**
 * @param first8 - The code without its check character; longer text is cut.
 * @returns The check character; undefined when a character is no letter or digit or there are fewer than 8.
 */
export function orgCodeCheck(first8: string): string | undefined {
  const body = first8.slice(0, 8).toUpperCase();
  if (!/^[0-9A-Z]{8}$/.test(body)) return undefined;
  const sum = weights.reduce((total, weight, index) => total + weight * Number.parseInt(body.charAt(index), 36), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** @returns What is wrong with the code; undefined when it verifies. Case and the hyphen do not matter. */
export function checkOrgCode(value: string): IdentifierFault | undefined {
  const code = value.toUpperCase();
  if (!shape.test(code)) return 'SHAPE';
  return orgCodeCheck(code) === code.charAt(code.length - 1) ? undefined : 'CHECK_CHARACTER';
}
