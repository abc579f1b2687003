/**
 * A record must say which record it is.
 * @see standard/exchange.md 4
 */
import { recordKey } from '../../record-key.ts';
import type { Rule } from '../rule.ts';

export const keyMissing: Rule = {
  id: 'KEY_MISSING',
  policy: 'Refusal.',
  source: 'standard/exchange.md 4',
  judgesWithdrawals: true,
  find: ({ dataset, record }) => {
    if (recordKey(dataset, record) !== undefined) return [];
    const fields = dataset.key.join(', ');
    return [
      {
        field: '',
        severity: 'refusal',
        zh: fields === '' ? '缺少 DATA_KEY，该数据集没有其他主键。' : `缺少主键：须有 DATA_KEY，或全部主键字段 ${fields}。`,
        en: fields === '' ? 'DATA_KEY is missing, and the dataset has no other key.' : `No key: DATA_KEY is needed, or all of ${fields}.`,
      },
    ];
  },
};
