/**
 * Two fields of a record never say the same: who sells does not buy, who acts for a party is not that party.
 * @see standard/exchange.md 6
 */
import type { Kind } from '../kind.ts';
import { codesIn, haveInCommon } from '../related.ts';
import { fieldIn } from '../rule-row.ts';

export const fieldsDiffer: Kind = {
  name: 'FIELDS_DIFFER',
  zh: '两个字段没有相同的值。',
  en: 'Two fields have no value in common.',
  parameters: ['field', 'against'],
  across: false,
  compile(row) {
    const [field, other] = [fieldIn(row, 'field'), fieldIn(row, 'against')];
    if (field === undefined || other === undefined) return undefined;
    return {
      field: field.code,
      reads: [field.code, other.code],
      find: ({ fields }) => (haveInCommon(codesIn(fields, field), codesIn(fields, other)) ? { breaks: true } : undefined),
    };
  },
};
