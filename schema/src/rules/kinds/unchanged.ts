/**
 * Fields that never change once they were sent. A first value may come later; a value sent may neither change nor vanish.
 * @see standard/exchange.md 4 «immutableFields»
 */
import type { Kind } from '../kind.ts';
import { lookupValue } from '../judged-record.ts';
import { fieldsIn } from '../rule-row.ts';
import { wireValue } from '../../wire-record.ts';

export const unchanged: Kind = {
  name: 'UNCHANGED',
  zh: '已报送的值不再改变。',
  en: 'A value once sent does not change.',
  parameters: ['fields'],
  across: true,
  compile(row) {
    const codes = fieldsIn(row, 'fields', 1)?.map(({ code }) => code);
    const [first] = codes ?? [];
    if (codes === undefined || first === undefined) return undefined;
    return {
      field: first,
      reads: codes,
      readsEarlier: true,
      find({ fields }, { earlier }) {
        if (earlier === undefined) return undefined;
        const changed = codes.find((code) => {
          const before = wireValue(earlier, code);
          return before !== undefined && lookupValue(before) !== lookupValue(wireValue(fields, code) ?? '');
        });
        return changed === undefined ? undefined : { breaks: true, field: changed };
      },
    };
  },
};
