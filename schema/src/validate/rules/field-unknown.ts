/**
 * A field that the dataset does not have: kept with the message, seen by nobody. Often a misspelt name, or another edition.
 * @see standard/exchange.md 10
 */
import { wireValue } from '../../wire-record.ts';
import type { Rule } from '../rule.ts';
import { wireCodes } from '../wire-use.ts';

export const fieldUnknown: Rule = {
  id: 'FIELD_UNKNOWN',
  policy: 'Warning.',
  source: 'standard/exchange.md 10',
  judgesWithdrawals: false,
  find: ({ dataset, record }) => {
    const known = wireCodes(dataset);
    return Object.keys(record.fields)
      .filter((field) => !known.has(field) && wireValue(record.fields, field) !== undefined)
      .map((field) => ({
        field,
        severity: 'warning',
        zh: `数据集 ${dataset.code} 没有此字段。`,
        en: `Dataset ${dataset.code} has no such field.`,
        value: record.fields[field] ?? '',
      }));
  },
};
