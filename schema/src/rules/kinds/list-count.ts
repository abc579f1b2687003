/**
 * A list has as many items as a field counts, or as another list has. What is not a number is the business of its type.
 * @see standard/exchange.md 6
 */
import { wireItems } from '../../wire-record.ts';
import type { Kind } from '../kind.ts';
import { type NamedField, fieldIn, fault } from '../rule-row.ts';

export const listCount: Kind = {
  name: 'LIST_COUNT',
  zh: '列表的项数与所填的数（或另一列表的项数）相等。',
  en: 'A list has as many items as a field counts, or as another list has.',
  parameters: ['list', 'count'],
  across: false,
  compile(row) {
    const [list, count] = [fieldIn(row, 'list'), fieldIn(row, 'count')];
    if (list?.wire.multi === false) return fault(row, 'list', { zh: '不是列表', en: 'is no list' });
    if (list === undefined || count === undefined) return undefined;
    return {
      field: list.code,
      reads: [list.code, count.code],
      find({ fields }) {
        const items = wireItems(fields[list.code]).length;
        const counted = countOf(count, fields[count.code]);
        return items === 0 || counted === undefined || counted === items ? undefined : { breaks: true };
      },
    };
  },
};

function countOf({ wire }: NamedField, text: string | undefined): number | undefined {
  if (wire.multi) return wireItems(text).length || undefined;
  const value = text?.trim() ?? '';
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
