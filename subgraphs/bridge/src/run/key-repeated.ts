/**
 * Two rows of one key would take each other's place at every pass: the first stands, the others are refused.
 */
import type { Violation } from '@hub/schema';

export const keyRepeated: Violation = {
  rule: 'ROW_KEY_REPEATED',
  severity: 'refusal',
  field: '',
  messageZh: '行主键重复：前面已有一行用它，请在视图中使每行唯一。',
  messageEn: 'The row’s key stands in an earlier row: make each row of the view unique.',
};
