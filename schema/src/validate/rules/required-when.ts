/**
 * What the sheet requires when another field has a certain value: an agency for delegated tendering, the investment code
 * for fixed assets. What one province alone added binds that province only, and warns where the whole dataset is the
 * province's.
 * @see standard/exchange.md 6 «Across fields»
 */
import { meetsCondition, readCondition } from '../condition.ts';
import { type Rule, severityOfAbsence } from '../rule.ts';

export const requiredWhen: Rule = {
  id: 'REQUIRED_WHEN',
  policy: "Refusal; a warning when the record was published, or the dataset and the field are one province's.",
  source: 'standard/exchange.md 6 «Across fields»',
  judgesWithdrawals: false,
  tellsValue: true,
  find: (judged) =>
    judged.absent.flatMap(({ wire }) => {
      if (wire.requiredWhen === undefined) return [];
      const { fields } = judged.record;
      const severity = severityOfAbsence(judged, wire);
      const condition = severity === undefined ? undefined : readCondition(wire.requiredWhen);
      if (severity === undefined || condition === undefined || !meetsCondition(condition, fields)) return [];
      const values = condition.values.join('|');
      return [
        {
          field: wire.code,
          severity,
          zh: `${condition.code} 为 ${values} 时必填。`,
          en: `Required when ${condition.code} is ${values}.`,
        },
      ];
    }),
};
