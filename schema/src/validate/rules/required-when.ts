/**
 * What the sheet requires when another field has a certain value: an agency for delegated tendering, the investment code
 * for fixed assets. What one province alone added binds that province only.
 * @see standard/exchange.md 6 «Across fields»
 */
import { wireValue } from '../../wire-record.ts';
import { meetsCondition, readCondition } from '../condition.ts';
import { type Rule, severityBySource } from '../rule.ts';
import { wireUses } from '../wire-use.ts';

export const requiredWhen: Rule = {
  id: 'REQUIRED_WHEN',
  policy: 'Refusal; a warning when the record was published.',
  source: 'standard/exchange.md 6 «Across fields»',
  judgesWithdrawals: false,
  tellsValue: true,
  find: (judged) =>
    wireUses(judged.dataset).flatMap(({ wire }) => {
      const { fields } = judged.record;
      if (wire.requiredWhen === undefined || !wire.national || wireValue(fields, wire.code) !== undefined) return [];
      const condition = readCondition(wire.requiredWhen);
      if (condition === undefined || !meetsCondition(condition, fields)) return [];
      const values = condition.values.join('|');
      return [
        {
          field: wire.code,
          severity: severityBySource(judged),
          zh: `${condition.code} 为 ${values} 时必填。`,
          en: `Required when ${condition.code} is ${values}.`,
        },
      ];
    }),
};
