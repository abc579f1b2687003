/**
 * A party is among the parties of related records: the winner among those who bid, the contract's party among the winners. Of a
 * consortium one member suffices. One party has many codes: an old organisation code is that inside a credit code, and where one of
 * the others has no code at all, nothing is said.
 * @see standard/exchange.md 10 «One party, many codes»; issue 5 «winner among bidders»
 */
import type { Kind } from '../kind.ts';
import { codesIn, haveInCommon, relatedIn } from '../related.ts';
import { fieldIn, fieldsIn } from '../rule-row.ts';
import { asking, relatedFields } from '../some-related.ts';

export const partyAmong: Kind = {
  name: 'PARTY_AMONG',
  zh: '主体在相关记录的主体之中。',
  en: 'A party is among the parties of related records.',
  parameters: ['field', 'of'],
  across: true,
  compile(row) {
    const field = fieldIn(row, 'field');
    const found = relatedIn(row, 'of', ['parties']);
    const parties = found && fieldsIn(found.row, 'parties', 1);
    if (field === undefined || found === undefined || parties === undefined) return undefined;
    return {
      field: field.code,
      ...asking(found.related, field.code),
      find(record, facts) {
        const ours = codesIn(record.fields, field);
        if (ours.length === 0) return undefined;
        const theirs = relatedFields(found.related, { record, facts }).map((fields) => parties.flatMap((party) => codesIn(fields, party)));
        const unknown = theirs.length === 0 || theirs.some((codes) => codes.length === 0);
        return unknown || haveInCommon(ours.map(coreOf), theirs.flat().map(coreOf)) ? undefined : { breaks: true };
      },
    };
  },
};

/** @returns The organisation code inside a credit code; any other code as it is, hyphens left out. */
function coreOf(code: string): string {
  const plain = code.replaceAll('-', '');
  return plain.length === 18 && !/^\d{17}[\dX]$/.test(plain) ? plain.slice(8, 17) : plain;
}
