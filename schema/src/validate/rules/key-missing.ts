/**
 * A record must say which record it is.
 * @see standard/exchange.md 4
 */
import type { Dataset } from '../../contract.ts';
import { recordKey } from '../../record-key.ts';
import type { Rule } from '../rule.ts';

export const keyMissing: Rule = {
  id: 'KEY_MISSING',
  policy: 'Refusal.',
  source: 'standard/exchange.md 4',
  judgesWithdrawals: true,
  find: ({ dataset, record }) => {
    if (recordKey(dataset, record) !== undefined) return [];
    return [{ field: '', severity: 'refusal', ...wanted(dataset) }];
  },
};

function wanted({ key, byFields }: Dataset): { readonly zh: string; readonly en: string } {
  const fields = key.join(', ');
  if (byFields) {
    return {
      zh: `缺少主键字段 ${fields}；该数据集由各方共报，不以 DATA_KEY 为主键，撤销时也须写明。`,
      en: `No key: ${fields} is needed, in withdrawals too; many senders tell of one thing, so DATA_KEY is no key here.`,
    };
  }
  if (fields === '') return { zh: '缺少 DATA_KEY，该数据集没有其他主键。', en: 'DATA_KEY is missing, and the dataset has no other key.' };
  return { zh: `缺少主键：须有 DATA_KEY，或全部主键字段 ${fields}。`, en: `No key: DATA_KEY is needed, or all of ${fields}.` };
}
