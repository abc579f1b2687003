/**
 * The codes that explain themselves where they are made: the audits of the conformance suite, the rules of records that are data,
 * and what can be wrong with a source that the exchange follows.
 * @see subgraphs/registry/src/cli/explain/codes.md for all others
 */
import { audits } from '@hub/conformance';
import { sourceFaults } from '@hub/exchange/cli';
import type { Explanation } from '@hub/registry/cli';
import { ruleBook } from '@hub/schema';

/** @returns An explanation of each of them. */
export function ownExplanations(): readonly Explanation[] {
  return [...auditExplanations(), ...ruleExplanations(), ...sourceExplanations()];
}

function auditExplanations(): readonly Explanation[] {
  return audits.map(({ id, level, title, proves, remedy, source }) => ({
    code: id,
    list: `合规检查 ${level} · Conformance, ${source}`,
    zh: `${title.zh}：${proves.zh}。`,
    en: `${title.en}: ${proves.en}.`,
    remedyZh: remedy.zh,
    remedyEn: remedy.en,
  }));
}

function ruleExplanations(): readonly Explanation[] {
  return ruleBook().rules.map(({ id, dataset, severity, search, waitHours, source, messageZh, messageEn }) => {
    const isRefusal = severity === 'refusal';
    const waits = waitHours === undefined ? { zh: '', en: '' } : { zh: `先等 ${waitHours} 小时，`, en: `Waits ${waitHours} h, then ` };
    return {
      code: id,
      list: `校验规则 · Rules that are data, ${dataset}`,
      zh: `${messageZh}（${waits.zh}${isRefusal ? '拒收' : '仅提示'}；依据 ${source}）`,
      en: `${messageEn} (${waits.en}${isRefusal ? 'refused' : 'a warning alone'}; ${search.field})`,
      remedyZh: `改正 ${search.reads.join('、')}，以更新的 DATA_TIMESTAMP 再报；例子见 schema/rules。`,
      remedyEn: `Mend ${search.reads.join(', ')} and send it again with a newer DATA_TIMESTAMP; schema/rules has examples.`,
    };
  });
}

/** What to do depends on whether it is anybody's to do. */
const remedies = {
  AT_ONCE: {
    zh: '无须处理：数据交换自行对账，已取的不会重复。',
    en: 'Nothing: the exchange reconciles by itself, and takes nothing twice.',
  },
  SOON: {
    zh: '由该系统的运维改正；数据交换按退避间隔自动再问，位置不丢。hub exchange status 写明系统与证据，PROTOCOL.md 第 13 节是约定。',
    en: 'For the engineers of the system; the exchange asks again by itself and loses no position. hub exchange status names the system, PROTOCOL.md 13 has the rules.',
  },
  RARELY: {
    zh: '请该系统照 PROTOCOL.md 第 13 节提供 /feed；不能提供的，改用报送（第 16 节）。',
    en: 'Serve /feed by PROTOCOL.md 13; a system that cannot pushes its records (16).',
  },
} as const;

function sourceExplanations(): readonly Explanation[] {
  return Object.entries(sourceFaults).map(([code, { zh, en, again }]) => ({
    code,
    list: '数据流的毛病 · Faults of a source',
    zh,
    en,
    remedyZh: remedies[again].zh,
    remedyEn: remedies[again].en,
  }));
}
