/**
 * 投资项目统一代码: 24 characters with hyphens. The form of 2020 ends in a check whose rule is not known, so both forms are
 * judged by shape alone.
 * @see 发改投资〔2020〕1439号; GB/T 40058-2021; standard/identifiers.md 3
 */
import type { IdentifierFault } from './fault.ts';

const shape = /^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$/;

/** @returns What is wrong with the code; undefined when nothing is. */
export function checkInvestmentCode(value: string): IdentifierFault | undefined {
  return shape.test(value) ? undefined : 'SHAPE';
}
