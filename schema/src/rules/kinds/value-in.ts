/**
 * Each value of a field is one of some values, or begins with one of some beginnings.
 * @see standard/exchange.md 6; standard/identifiers.md 10
 */
import type { Kind } from '../kind.ts';
import { textsIn } from '../../province/document.ts';
import { codesIn } from '../related.ts';
import { type RuleRow, fieldIn, outsideList, fault, unknownValues } from '../rule-row.ts';

export const valueIn: Kind = {
  name: 'VALUE_IN',
  zh: '值是所列之一，或以所列之一开头。',
  en: 'The value is one of those listed, or begins with one.',
  parameters: ['field', 'values', 'starts'],
  across: false,
  compile(row) {
    const field = fieldIn(row, 'field');
    const [values, starts] = [listed(row, 'values'), listed(row, 'starts')];
    if (values.length + starts.length === 0) return fault(row, 'values', { zh: '须列出 values 或 starts', en: 'or starts must be listed' });
    if (field === undefined) return undefined;
    const unknown = unknownValues(row, field, values);
    if (unknown.length > 0) fault(row, 'values', outsideList(field.wire.list, unknown));
    const fits = (code: string): boolean => values.includes(code) || starts.some((start) => code.startsWith(start));
    return {
      field: field.code,
      reads: [field.code],
      find: ({ fields }) => (codesIn(fields, field).every(fits) ? undefined : { breaks: true }),
    };
  },
};

function listed(row: RuleRow, name: string): readonly string[] {
  return row.fields.value(name) === undefined ? [] : textsIn(row.fields, name).map((text) => text.toUpperCase());
}
