/**
 * Fields that mean something only together: all are sent, or none.
 * @see standard/identifiers.md 13 «Amounts pair with a currency, a unit»
 */
import { wireValue } from '../../wire-record.ts';
import type { Kind } from '../kind.ts';
import { fieldsIn } from '../rule-row.ts';

export const requiredTogether: Kind = {
  name: 'REQUIRED_TOGETHER',
  zh: '各字段同时填报，或都不填。',
  en: 'All of the fields are sent, or none.',
  parameters: ['fields'],
  across: false,
  compile(row) {
    const codes = fieldsIn(row, 'fields', 2)?.map(({ code }) => code);
    const [first] = codes ?? [];
    if (codes === undefined || first === undefined) return undefined;
    return {
      field: first,
      reads: codes,
      find({ fields }) {
        const absent = codes.filter((code) => wireValue(fields, code) === undefined);
        const [field] = absent;
        return field === undefined || absent.length === codes.length ? undefined : { breaks: true, field };
      },
    };
  },
};
