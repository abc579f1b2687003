/**
 * Values of the hub's own enums, sent by their names.
 * @see design/graph.md «Types»
 */
import { hubEnums } from '../../decode/hub-enums.ts';
import { type Rule } from '../rule.ts';

export const enumUnknown: Rule = {
  id: 'ENUM_UNKNOWN',
  policy: 'Refusal.',
  source: 'design/graph.md «Types»',
  judgesWithdrawals: false,
  find: (judged) =>
    judged.sent.flatMap(({ wire, field, texts }) => {
      const values = hubEnums.get(field.graphType);
      const value = texts.find((text) => values !== undefined && !values.has(text));
      if (values === undefined || value === undefined) return [];
      const names = [...values].join(' | ');
      return [{ field: wire.code, severity: 'refusal', zh: `须为 ${names}。`, en: `Must be ${names}.`, value }];
    }),
};
