/**
 * 主体代码: a credit code by preference, an old organisation code, an identity-card number, or a foreign registration
 * number. Only what is plainly meant as one of the first three is checked.
 * @see standard/identifiers.md 4 «Trap», 5, 6
 */
import { checkCreditCode } from './credit-code.ts';
import type { IdentifierFault } from './fault.ts';
import { checkIdCard } from './id-card.ts';
import { checkOrgCode } from './org-code.ts';

const eighteen = /^[0-9A-Z]{18}$/i;
const organisation = /^[0-9A-Z]{8}-?[0-9X]$/i;

/** @returns What is wrong with the code; undefined when it verifies as one of its kinds or is of no kind known here. */
export function checkPartyCode(value: string): IdentifierFault | undefined {
  if (eighteen.test(value)) {
    return checkCreditCode(value) === undefined || checkIdCard(value) === undefined ? undefined : 'CHECK_CHARACTER';
  }
  return organisation.test(value) ? checkOrgCode(value) : undefined;
}
