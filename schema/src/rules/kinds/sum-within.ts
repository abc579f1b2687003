/**
 * The parts of a whole add up to no more than the whole says: quantities sold against the quantity offered, lots against their number.
 * Without a `field` each part counts one.
 * @see issue 5 «sums of lots»
 */
import { addDecimals } from '../../decimal.ts';
import { areComparable, isAbovePercent, measureIn } from '../measure.ts';
import type { Kind } from '../kind.ts';
import { codesIn, haveInCommon, relatedIn } from '../related.ts';
import { countIn } from '../rule-row.ts';
import { relatedFields } from '../some-related.ts';

export const sumWithin: Kind = {
  name: 'SUM_WITHIN',
  zh: '各部分之和（或个数）不超过总体所填的数。',
  en: 'Parts add up to, or number, no more than the whole says.',
  parameters: ['field', 'of', 'percent'],
  across: true,
  compile(row) {
    const found = relatedIn(row, 'of', ['total']);
    const total = found && measureIn(found.row, 'total');
    const percent = countIn(row, 'percent', 1) ?? 100;
    if (found === undefined) return undefined;
    const { related } = found;
    const { by } = related;
    const part = row.fields.value('field') === undefined ? { code: by.code, isYuan: false, read: () => '1' } : measureIn(row, 'field');
    if (part === undefined || total === undefined) return undefined;
    const siblings = { dataset: row.dataset.code, field: by.code };
    if (!areComparable(row, 'of', [part, total])) return undefined;
    return {
      field: part.code,
      reads: [part.code, ...related.reads],
      asks: [related.asked, siblings],
      wants: (record) => [
        ...related.lookups(record, 'records'),
        ...codesIn(record.fields, by).map((value) => ({ ...siblings, value, want: 'records', scope: 'SYSTEM' }) as const),
      ],
      find(record, facts) {
        const own = part.read(record.fields);
        const totals = relatedFields(related, { record, facts }).flatMap((fields) => total.read(fields) ?? []);
        if (own === undefined || totals.length === 0) return undefined;
        const codes = codesIn(record.fields, by);
        const others = codes
          .flatMap((value) => facts.known({ ...siblings, value, want: 'records', scope: 'SYSTEM' }))
          .filter(({ key, fields }) => key !== record.key && haveInCommon(codesIn(fields, by), codes));
        const sum = others.reduce((all, { fields }) => addDecimals(all, part.read(fields) ?? '0'), own);
        return totals.every((whole) => isAbovePercent(sum, percent, whole)) ? { breaks: true } : undefined;
      },
    };
  },
};
