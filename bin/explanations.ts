/**
 * The codes that explain themselves where they are made: the audits of the conformance suite.
 * @see subgraphs/registry/src/cli/explain/codes.md for all others
 */
import { audits } from '@hub/conformance';
import type { Explanation } from '@hub/registry/cli';

/** @returns An explanation of each audit. */
export function auditExplanations(): readonly Explanation[] {
  return audits.map(({ id, level, title, proves, remedy, source }) => ({
    code: id,
    list: `合规检查 ${level} · Conformance, ${source}`,
    zh: `${title.zh}：${proves.zh}。`,
    en: `${title.en}: ${proves.en}.`,
    remedyZh: remedy.zh,
    remedyEn: remedy.en,
  }));
}
