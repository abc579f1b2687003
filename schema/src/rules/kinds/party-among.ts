/**
 * A party is among the parties of related records: the winner among those who bid, the contract's party among the winners. Of a
 * consortium one member suffices; where nobody is known by a code, nothing is said.
 * @see standard/exchange.md 6; issue 5 «winner among bidders»
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
        const theirs = relatedFields(found.related, { record, facts }).flatMap((fields) =>
          parties.flatMap((party) => codesIn(fields, party)),
        );
        return theirs.length === 0 || haveInCommon(ours, theirs) ? undefined : { breaks: true };
      },
    };
  },
};
