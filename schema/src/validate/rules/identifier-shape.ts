/**
 * Identifiers not built as the standard says, and web addresses that are none.
 * @see standard/identifiers.md
 */
import { webAddressRule } from '../../identifiers/web-address.ts';
import { identifierFindings } from '../identifier-findings.ts';
import type { Rule } from '../rule.ts';

const notBuilt = { zh: '编码结构不符合标准。', en: 'Not built as the standard says.' };
const noWebAddress = {
  zh: '不是 http 或 https 的完整网址，原样保存而不对外显示。',
  en: 'No full http or https address: kept as sent, and not shown.',
};

export const identifierShape: Rule = {
  id: 'IDENTIFIER_SHAPE',
  policy: 'Warning.',
  source: 'standard/identifiers.md',
  judgesWithdrawals: false,
  find: (judged) => identifierFindings(judged, 'SHAPE', (id) => (id === webAddressRule ? noWebAddress : notBuilt)),
};
