/**
 * At least one of several fields is sent.
 * @see standard/exchange.md 6 «one of national/local tax certificates present»
 */
import { wireValue } from '../../wire-record.ts';
import type { Kind } from '../kind.ts';
import { fieldsIn } from '../rule-row.ts';

export const anyPresent: Kind = {
  name: 'ANY_PRESENT',
  zh: '各字段至少填报一个。',
  en: 'At least one of the fields is sent.',
  parameters: ['fields'],
  across: false,
  compile(row) {
    const codes = fieldsIn(row, 'fields', 2)?.map(({ code }) => code);
    const [field] = codes ?? [];
    if (codes === undefined || field === undefined) return undefined;
    return {
      field,
      reads: codes,
      find: ({ fields }) => (codes.some((code) => wireValue(fields, code) !== undefined) ? undefined : { breaks: true }),
    };
  },
};
