/**
 * Parallel lists of one field must have the same number of items, or nobody can tell whose code is whose.
 * @see design/graph.md «Types»
 */
import { joinParts } from '../../decode/join-parts.ts';
import { wireValue } from '../../wire-record.ts';
import type { Rule } from '../rule.ts';

export const partyListsUnequal: Rule = {
  id: 'PARTY_LISTS_UNEQUAL',
  policy: 'Warning.',
  source: 'design/graph.md «Types»',
  judgesWithdrawals: false,
  find: ({ dataset, record }) =>
    dataset.fields
      .filter((field) => field.wire.length > 1 && joinParts(field, record.fields).unequal)
      .map((field) => {
        const sent = field.wire.filter((wire) => wire.multi && wireValue(record.fields, wire.code) !== undefined);
        const names = sent.map((wire) => wire.code).join(', ');
        return {
          field: sent[0]?.code ?? '',
          severity: 'warning',
          zh: `并列列表项数不等：${names}。`,
          en: `Parallel lists differ in length: ${names}.`,
        };
      }),
};
