/**
 * A region of a record lies in another one of it.
 * @see standard/identifiers.md 7
 */
import { wireValue } from '../../wire-record.ts';
import { liesIn } from '../gbt-region.ts';
import type { Kind } from '../kind.ts';
import { fieldIn } from '../rule-row.ts';

export const regionUnder: Kind = {
  name: 'REGION_UNDER',
  zh: '行政区域在另一行政区域之内。',
  en: 'A region lies in another.',
  parameters: ['field', 'under'],
  across: false,
  compile(row) {
    const [field, under] = [fieldIn(row, 'field')?.code, fieldIn(row, 'under')?.code];
    if (field === undefined || under === undefined) return undefined;
    return {
      field,
      reads: [field, under],
      find: ({ fields }) =>
        liesIn(wireValue(fields, field) ?? '', wireValue(fields, under) ?? '') === false ? { breaks: true } : undefined,
    };
  },
};
