/**
 * The registry's words as they are shown: Chinese, the word itself beside it.
 */
import { canonicalInstant, printInstant } from '@hub/schema';

const known: Readonly<Record<string, string>> = {
  DRAFT: '已登记',
  WITHDRAWN: '已撤回',
  REGISTERED: '已登记',
  KEY_KNOWN: '有密钥',
  CHECKED: '已通过检查',
  PUBLISHED: '已发布',
  LIVE: '已作答',
  LEFT: '已退出',
  SYSTEM: '交易系统',
  OPERATOR: '运维',
  GATEWAY: '网关',
  SEEDED: '播种',
  REPUBLISHED: '恢复',
  ROLLED_BACK: '回到旧版',
  KEY_ADDED: '加入密钥',
  KEY_ROTATED: '换钥',
  KEY_REVOKED: '作废密钥',
  KEY_ALLOWED: '改定契约',
  REFUSAL: '拒收',
  WARNING: '提示',
  PROPOSED: '待批准',
  IN_FORCE: '现行',
  EARLIER: '曾经现行',
  REJECTED: '已驳回',
  BREAKING: '破坏',
  DANGEROUS: '有风险',
  SAFE: '无影响',
};

/** @returns `已发布 PUBLISHED`; a word that is not known as it is. */
export function worded(word: string): string {
  const zh = known[word];
  return zh === undefined ? word : `${zh} ${word}`;
}

/** @returns An instant by the clock of the province, to the second; `-` for none. */
export function moment(instant: string | null): string {
  if (instant === null) return '-';
  const canonical = canonicalInstant(instant);
  return canonical === undefined ? instant : printInstant(canonical).replace(/\.\d+/, '');
}

/** @returns `-` for nothing. */
export function orNone(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === '' ? '-' : String(value);
}
