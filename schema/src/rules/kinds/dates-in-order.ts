/**
 * Dates of one record in their order; what is absent is passed over.
 * @see standard/exchange.md 6
 */
import type { Kind } from '../kind.ts';
import { dateField, isBefore, localTime } from '../local-time.ts';
import { fieldsIn } from '../rule-row.ts';

export const datesInOrder: Kind = {
  name: 'DATES_IN_ORDER',
  zh: '各时间依次不早于前一个。',
  en: 'Each date is not before the one ahead of it.',
  parameters: ['fields'],
  across: false,
  compile(row) {
    const fields = fieldsIn(row, 'fields', 2)?.map((field, place) => dateField(row, `fields[${place}]`, field));
    const codes = fields?.flatMap((field) => field?.code ?? []);
    const last = codes?.at(-1);
    if (codes === undefined || last === undefined || codes.length !== fields?.length) return undefined;
    return {
      field: last,
      reads: codes,
      find({ fields: sent }) {
        let before: string | undefined;
        for (const code of codes) {
          const at = localTime(sent, code);
          if (at === undefined) continue;
          if (before !== undefined && isBefore(at, before)) return { breaks: true, field: code };
          before = at;
        }
        return undefined;
      },
    };
  },
};
