/**
 * What the sheet requires, and what the graph promises never to be null. What one province alone added binds that province
 * only, and warns where the whole dataset is the province's.
 * @see standard/exchange.md 6; design/graph.md «Types»
 */
import { decodeField } from '../../decode/decode-field.ts';
import { type Finding, type Rule, severityOfAbsence } from '../rule.ts';

export const requiredMissing: Rule = {
  id: 'REQUIRED_MISSING',
  policy:
    "Refusal; a warning when the record was published, or the dataset and the field are one province's, unless the graph field can never be null.",
  source: 'standard/exchange.md 6',
  judgesWithdrawals: false,
  find: (judged) => {
    const { fields } = judged.record;
    const absent = judged.absent.filter(({ wire }) => wire.fixed === undefined);
    const promised = absent.filter(
      ({ wire, field }) => field.nonNull && !field.list && wire === field.wire[0] && decodeField(field, fields, () => undefined) === null,
    );
    const required = absent.filter(({ wire }) => wire.required);
    return [
      ...promised.map(({ wire }): Finding => ({ field: wire.code, severity: 'refusal', ...message })),
      ...required.flatMap(({ wire }): Finding[] => {
        const severity = severityOfAbsence(judged, wire);
        return severity === undefined ? [] : [{ field: wire.code, severity, ...message }];
      }),
    ];
  },
};

const message = { zh: '必填字段缺失。', en: 'A required field is missing.' } as const;
