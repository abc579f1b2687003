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

/** First two digits of the codes of provinces, GB/T 2260: what identity numbers begin with, and no year. */
const provinces = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123]|91)/;

/**
 * Whether a text contains what can hardly be anything else than an identity number: digits that begin with a province and go
 * on with the birth date of somebody grown up; among letters, one that verifies. Row keys of a region, a date of this century and a
 * number have the same form; days from 2015 on (of the old fifteen digits: two-digit years up to 30) are taken for such.
 */
export function identifiesPerson(value: string): boolean {
  const text = value.normalize('NFKC').toUpperCase();
  return [text, text.replaceAll(separators, '')].some(
    (form) =>
      (form.match(digitRuns) ?? []).some(isOfGrownUp) ||
      (form.match(amongLetters) ?? []).some((run) => isOfGrownUp(run) && checkIdCard(run) === undefined),
  );
}

function isOfGrownUp(run: string): boolean {
  const isOld = run.length === 15;
  const born = isOld ? `19${run.slice(6, 12)}` : run.slice(6, 14);
  const [first, last] = isOld ? ['1931', '1999'] : ['1900', '2014'];
  const year = born.slice(0, 4);
  return provinces.test(run) && isBirthDate(born) && year >= first && year <= last && (isOld || !isCreditCodeOfDigits(run));
}

function isToldIn(text: string): boolean {
  const runs = text.match(digitRuns) ?? [];
  if (runs.some((run) => (run.length === 15 ? isBirthDate(`19${run.slice(6, 12)}`) : !isCreditCodeOfDigits(run)))) return true;
  return (text.match(amongLetters) ?? []).some((run) => checkIdCard(run) === undefined);
}

function isCreditCodeOfDigits(run: string): boolean {
  return checkCreditCode(run) === undefined && checkIdCard(run) !== undefined;
}
