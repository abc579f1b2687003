/**
 * Days from one date of a record to another: terms that a statute sets. Dates the wrong way round are the business of DATES_IN_ORDER, so
 * that one mistake breaks one rule.
 * @see standard/exchange.md 6
 */
import type { Kind } from '../kind.ts';
import { dateField, daysBetween, localTime } from '../local-time.ts';
import { countIn, fieldIn } from '../rule-row.ts';

export const daysBetweenDates: Kind = {
  name: 'DAYS_BETWEEN',
  zh: '两个时间相隔的天数在限度之内。',
  en: 'The days between two dates keep to the limits.',
  parameters: ['from', 'to', 'atLeast', 'atMost'],
  across: false,
  compile(row) {
    const [from, to] = (['from', 'to'] as const).map((name) => dateField(row, name, fieldIn(row, name))?.code);
    const [atLeast = -Infinity, atMost = Infinity] = [countIn(row, 'atLeast'), countIn(row, 'atMost')];
    if (from === undefined || to === undefined) return undefined;
    return {
      field: to,
      reads: [to, from],
      find({ fields }) {
        const [first, second] = [localTime(fields, from), localTime(fields, to)];
        if (first === undefined || second === undefined) return undefined;
        const days = daysBetween(first, second);
        return days >= 0 && (days < atLeast || days > atMost) ? { breaks: true } : undefined;
      },
    };
  },
};
