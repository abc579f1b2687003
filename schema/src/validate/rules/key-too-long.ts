/**
 * A key has its bounds: it becomes part of an id that travels in every answer and of an index entry.
 * @see design/architecture.md «Record»
 */
import { recordKey } from '../../record-key.ts';
import type { Rule } from '../rule.ts';

const longestKey = 500;

export const keyTooLong: Rule = {
  id: 'KEY_TOO_LONG',
  policy: 'Refusal.',
  source: 'design/architecture.md «Record»',
  judgesWithdrawals: true,
  find: ({ dataset, record }) =>
    [...(recordKey(dataset, record) ?? '')].length <= longestKey
      ? []
      : [
          {
            field: '',
            severity: 'refusal',
            zh: `主键超过 ${longestKey} 个字符。`,
            en: `The key has more than ${longestKey} characters.`,
          },
        ],
};
