/**
 * A field says the same as one of a related record: what the child repeats of its parent, it repeats as it is.
 * @see standard/exchange.md 4
 */
import type { Kind } from '../kind.ts';
import { codesIn, haveInCommon, relatedIn } from '../related.ts';
import { fieldIn } from '../rule-row.ts';
import { asking, someFits } from '../some-related.ts';

export const equalAcross: Kind = {
  name: 'EQUAL_ACROSS',
  zh: '字段与相关记录所填的相同，不分大小写。',
  en: 'A field says the same as one of a related record, whatever the case.',
  parameters: ['field', 'of'],
  across: true,
  compile(row) {
    const field = fieldIn(row, 'field');
    const found = relatedIn(row, 'of', ['equals']);
    const other = found && fieldIn(found.row, 'equals');
    if (field === undefined || found === undefined || other === undefined) return undefined;
    return {
      field: field.code,
      ...asking(found.related, field.code),
      find(record, facts) {
        const ours = codesIn(record.fields, field);
        if (ours.length === 0) return undefined;
        const fits = someFits(found.related, { record, facts }, (theirs) => {
          const codes = codesIn(theirs, other);
          return codes.length === 0 ? undefined : haveInCommon(ours, codes);
        });
        return fits ? undefined : { breaks: true };
      },
    };
  },
};
