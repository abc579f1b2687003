/**
 * A date keeps its order, or its term, to a date of a related record: opened after it was announced, signed within thirty days of the
 * award. With a term only the term is judged, so that one mistake breaks one rule. Of several related records one suffices: what is tendered again has more than one of everything.
 * @see standard/exchange.md 4, 6
 */
import { optionalText } from '../../province/document.ts';
import type { Kind } from '../kind.ts';
import { dateField, daysBetween, isBefore, localTime } from '../local-time.ts';
import { relatedIn } from '../related.ts';
import { countIn, fault, fieldIn } from '../rule-row.ts';
import { asking, someFits } from '../some-related.ts';

export const datesAcross: Kind = {
  name: 'DATES_ACROSS',
  zh: '时间与相关记录的时间先后有序，或相隔天数在限度之内。',
  en: 'A date keeps order, or term, to a date of a related record.',
  parameters: ['field', 'order', 'of', 'atLeast', 'atMost'],
  across: true,
  compile(row) {
    const field = dateField(row, 'field', fieldIn(row, 'field'))?.code;
    const found = relatedIn(row, 'of', ['date']);
    const date = found && dateField(found.row, 'date', fieldIn(found.row, 'date'))?.code;
    const order = optionalText(row.fields, 'order');
    if (order !== 'AFTER' && order !== 'BEFORE') return fault(row, 'order', { zh: '须为 AFTER 或 BEFORE', en: 'must be AFTER or BEFORE' });
    const [atLeast, atMost] = [countIn(row, 'atLeast'), countIn(row, 'atMost')];
    if (field === undefined || found === undefined || date === undefined) return undefined;
    const keeps = (ours: string, theirs: string): boolean => {
      const [first, second] = order === 'AFTER' ? [theirs, ours] : [ours, theirs];
      if (atLeast === undefined && atMost === undefined) return !isBefore(second, first);
      const days = daysBetween(first, second);
      return days >= (atLeast ?? -Infinity) && days <= (atMost ?? Infinity);
    };
    return {
      field,
      ...asking(found.related, field),
      find(record, facts) {
        const ours = localTime(record.fields, field);
        if (ours === undefined) return undefined;
        const fits = someFits(found.related, { record, facts }, (theirs) => {
          const at = localTime(theirs, date);
          return at === undefined ? undefined : keeps(ours, at);
        });
        return fits ? undefined : { breaks: true };
      },
    };
  },
};
