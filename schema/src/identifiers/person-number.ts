/**
 * Finds persons' numbers where organisations' codes belong: the standard lets a natural person stand as a party under an
 * identity-card number, and that number never leaves. In doubt the answer is yes.
 * @see design/graph.md «Who sees what»; standard/identifiers.md 6
 */
import { checkCreditCode } from './credit-code.ts';
import { checkIdCard, isBirthDate } from './id-card.ts';

const digitRuns = /(?<![0-9A-Z])(?:\d{17}[0-9X]|\d{15})(?![0-9A-Z])/g;

/**
 * Whether a text is or contains an identity-card number: of 18 characters, even with a wrong check or birth date unless
 * it verifies as a credit code of digits; or of the old 15 digits with a possible birth date.
 */
export function holdsPersonNumber(value: string): boolean {
  const runs = value.toUpperCase().match(digitRuns) ?? [];
  return runs.some((run) => (run.length === 15 ? isBirthDate(`19${run.slice(6, 12)}`) : !isCreditCodeOfDigits(run)));
}

function isCreditCodeOfDigits(run: string): boolean {
  return checkCreditCode(run) === undefined && checkIdCard(run) !== undefined;
}
