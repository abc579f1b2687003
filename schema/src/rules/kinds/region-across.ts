/**
 * A region lies in that of a related record: a section in the city of its tender project.
 * @see standard/identifiers.md 7
 */
import { wireValue } from '../../wire-record.ts';
import { liesIn } from '../gbt-region.ts';
import type { Kind } from '../kind.ts';
import { relatedIn } from '../related.ts';
import { fieldIn } from '../rule-row.ts';
import { asking, someFits } from '../some-related.ts';

export const regionAcross: Kind = {
  name: 'REGION_ACROSS',
  zh: '行政区域在相关记录的行政区域之内。',
  en: 'A region lies in that of a related record.',
  parameters: ['field', 'of'],
  across: true,
  compile(row) {
    const field = fieldIn(row, 'field')?.code;
    const found = relatedIn(row, 'of', ['under']);
    const under = found && fieldIn(found.row, 'under')?.code;
    if (field === undefined || found === undefined || under === undefined) return undefined;
    return {
      field,
      ...asking(found.related, field),
      find(record, facts) {
        const ours = wireValue(record.fields, field) ?? '';
        const fits = someFits(found.related, { record, facts }, (theirs) => liesIn(ours, wireValue(theirs, under) ?? ''));
        return fits ? undefined : { breaks: true };
      },
    };
  },
};
