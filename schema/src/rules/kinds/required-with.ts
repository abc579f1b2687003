/**
 * What a field brings with it: where it is sent, others are needed, though they may come without it.
 * @see standard/exchange.md 6 «Across fields»
 */
import { wireValue } from '../../wire-record.ts';
import type { Kind } from '../kind.ts';
import { fieldIn, fieldsIn } from '../rule-row.ts';

export const requiredWith: Kind = {
  name: 'REQUIRED_WITH',
  zh: '填了这个字段，就须填所列的字段。',
  en: 'Where the field is sent, the listed ones are needed.',
  parameters: ['field', 'needs'],
  across: false,
  compile(row) {
    const field = fieldIn(row, 'field')?.code;
    const needs = fieldsIn(row, 'needs', 1)?.map(({ code }) => code);
    const [first] = needs ?? [];
    if (field === undefined || needs === undefined || first === undefined) return undefined;
    return {
      field: first,
      reads: [...needs, field],
      find({ fields }) {
        if (wireValue(fields, field) === undefined) return undefined;
        const absent = needs.find((code) => wireValue(fields, code) === undefined);
        return absent === undefined ? undefined : { breaks: true, field: absent };
      },
    };
  },
};
