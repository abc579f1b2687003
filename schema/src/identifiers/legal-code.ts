/**
 * 法人代码: a credit code, or the organisation code of a body that has no credit code. Unlike 主体代码 it is never a
 * person's number by the sheets that use it, so it may be part of a key.
 * @see standard/identifiers.md 4 «Trap», 5
 */
import { checkCreditCode } from './credit-code.ts';
import type { IdentifierFault } from './fault.ts';
import { checkOrgCode } from './org-code.ts';

/** @returns What is wrong with the code; undefined when it verifies as one of the two. */
export function checkLegalCode(value: string): IdentifierFault | undefined {
  return value.length === 18 ? checkCreditCode(value) : checkOrgCode(value);
}
