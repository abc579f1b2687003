/**
 * Numbers of persons' travel documents, which stand where a party's code is expected when the party is a natural person without
 * an identity card: passports of the People's Republic (E, G or D with a letter or digit, then seven digits), permits to the
 * mainland (H or M, eight or ten digits), and what is built alike elsewhere. In doubt the answer is yes: a hidden code of an
 * organisation can be asked for, a shown number of a person cannot be taken back.
 * @see design/graph.md «Who sees what»
 */

const documents = /^(?:[A-Z]\d{7,8}(?:\d\d)?|[DEG][A-Z]\d{7})$/;
const separators = /[\s\p{Pd}.·_()]+/gu;

/** Whether a text as a whole has the form of a travel document's number; full-width letters and blanks do not hide it. */
export function isPersonDocument(value: string): boolean {
  return documents.test(value.normalize('NFKC').toUpperCase().replaceAll(separators, ''));
}
