/**
 * A key becomes part of the public id, so an identity number in it would be told to everybody. The value is never quoted.
 * @see design/graph.md «Who sees what»
 */
import { identifiesPerson } from '../../identifiers/person-number.ts';
import { recordKey } from '../../record-key.ts';
import type { Rule } from '../rule.ts';

export const keyPersonNumber: Rule = {
  id: 'KEY_PERSON_NUMBER',
  policy: 'Refusal; a withdrawal is let through, so that what is there can go.',
  source: 'design/graph.md «Who sees what»',
  judgesWithdrawals: false,
  find: ({ dataset, record }) =>
    [record.dataKey ?? '', recordKey(dataset, record) ?? ''].some(identifiesPerson)
      ? [
          {
            field: '',
            severity: 'refusal',
            zh: '主键含有个人身份证号；主键是公开标识的一部分，请换用不含个人信息的 DATA_KEY。',
            en: 'The key holds an identity number of a person; it is part of a public id. Use a DATA_KEY without personal data.',
          },
        ]
      : [],
};
