/**
 * No other record has these values. Over the whole province a copy of a record is no second one: it agrees in `unlessSame`.
 * @see standard/exchange.md 4 «uniqueFields», «duplicateKey»; design/architecture.md «copies»
 */
import { wireValue } from '../../wire-record.ts';
import { type Lookup, lookupValue } from '../judged-record.ts';
import type { Kind } from '../kind.ts';
import { codesIn, haveInCommon, lookedUp } from '../related.ts';
import { fault, fieldsIn } from '../rule-row.ts';

export const unique: Kind = {
  name: 'UNIQUE',
  zh: '没有别的记录有相同的值。',
  en: 'No other record has the same values.',
  parameters: ['fields', 'scope', 'unlessSame'],
  across: true,
  compile(row) {
    const fields = fieldsIn(row, 'fields', 1);
    const same = row.fields.value('unlessSame') === undefined ? [] : fieldsIn(row, 'unlessSame', 1);
    const scope = row.fields.value('scope') ?? 'SYSTEM';
    if (scope !== 'SYSTEM' && scope !== 'PROVINCE')
      return fault(row, 'scope', { zh: '须为 SYSTEM 或 PROVINCE', en: 'must be SYSTEM or PROVINCE' });
    const [leading, ...rest] = fields ?? [];
    const first = lookedUp(row, 'fields[0]', leading);
    if (first === undefined || same === undefined) return undefined;
    const asked = { dataset: row.dataset.code, field: first.code };
    const exists = rest.length + same.length === 0;
    const lookupsOf = (record: Parameters<typeof codesIn>[0]): readonly Lookup[] =>
      codesIn(record, first).map((value) => ({ ...asked, value, want: exists ? 'exists' : 'records', scope }));
    return {
      field: first.code,
      reads: [first, ...rest, ...same].map(({ code }) => code),
      asks: [asked],
      wants: ({ fields: sent }) => lookupsOf(sent),
      find(record, facts) {
        const { fields: sent, system, key } = record;
        if (rest.some((field) => codesIn(sent, field).length === 0)) return undefined;
        const twice = lookupsOf(sent).some((lookup) =>
          facts
            .known(lookup)
            .some(
              (known) =>
                (known.system !== system || known.key !== key) &&
                rest.every((field) => haveInCommon(codesIn(sent, field), codesIn(known.fields, field))) &&
                !(same.length > 0 && same.every(({ code }) => agrees(sent[code], wireValue(known.fields, code)))),
            ),
        );
        return twice ? { breaks: true } : undefined;
      },
    };
  },
};

function agrees(ours: string | undefined, theirs: string | undefined): boolean {
  const [a, b] = [lookupValue(ours ?? ''), lookupValue(theirs ?? '')];
  return a !== undefined && a === b;
}
