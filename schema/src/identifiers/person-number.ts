/**
 * Finds persons' numbers where organisations' codes belong: the standard lets a natural person stand as a party under an
 * identity-card number, and that number never leaves. In doubt the answer is yes.
 * @see design/graph.md «Who sees what»; standard/identifiers.md 6
 */
import { checkCreditCode } from './credit-code.ts';
import { checkIdCard, isBirthDate } from './id-card.ts';

const digitRuns = /(?<![0-9A-Z])(?:\d{17}[0-9X]|\d{15})(?![0-9A-Z])/g;
/** Between letters only what verifies is taken for a person's: letters and digits also make up organisations' codes. */
const amongLetters = /(?<!\d)\d{17}[0-9X](?!\d)/g;
const separators = /[\s\p{Pd}.·_]+/gu;

/**
 * Whether a text is or contains an identity-card number: of 18 characters, even with a wrong check or birth date unless
 * it verifies as a credit code of digits; or of the old 15 digits with a possible birth date. Full-width digits, blanks
 * and dashes between them do not hide it.
 */
export function holdsPersonNumber(value: string): boolean {
  const text = value.normalize('NFKC').toUpperCase();
  return isToldIn(text) || isToldIn(text.replaceAll(separators, ''));
}

function isToldIn(text: string): boolean {
  const runs = text.match(digitRuns) ?? [];
  if (runs.some((run) => (run.length === 15 ? isBirthDate(`19${run.slice(6, 12)}`) : !isCreditCodeOfDigits(run)))) return true;
  return (text.match(amongLetters) ?? []).some((run) => checkIdCard(run) === undefined);
}

function isCreditCodeOfDigits(run: string): boolean {
  return checkCreditCode(run) === undefined && checkIdCard(run) !== undefined;
}
