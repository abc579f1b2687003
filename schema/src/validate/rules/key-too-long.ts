/**
 * A key has its bounds: it becomes part of an id that travels in every answer and of an index entry.
 * @see design/architecture.md «Record»
 */
import { recordKey } from '../../record-key.ts';
import type { Rule } from '../rule.ts';

const longestKey = 500;
/** As an id a key takes a third more, and an index entry has its greatest size in bytes. */
const mostBytes = 1_500;

export const keyTooLong: Rule = {
  id: 'KEY_TOO_LONG',
  policy: 'Refusal.',
  source: 'design/architecture.md «Record»',
  judgesWithdrawals: true,
  find: ({ dataset, record }) =>
    isShort(recordKey(dataset, record) ?? '')
      ? []
      : [
          {
            field: '',
            severity: 'refusal',
            zh: `主键超过 ${longestKey} 个字符或 ${mostBytes} 字节。`,
            en: `The key has more than ${longestKey} characters or ${mostBytes} bytes.`,
          },
        ],
};

function isShort(key: string): boolean {
  // A character may be two UTF-16 units: counted only when the cheap bound does not decide.
  return (key.length <= longestKey || [...key].length <= longestKey) && Buffer.byteLength(key) <= mostBytes;
}
