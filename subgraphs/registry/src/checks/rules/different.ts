/**
 * What both have, and write differently.
 */
import { type Check, type Fault, isElsewhere } from '../check.ts';
import type { Element } from '../elements.ts';

/** `KIND_DIFFERENT`, `TYPE_DIFFERENT`, `DEFAULT_DIFFERENT`, `INTERFACES_DIFFERENT`. */
export const different: Check = (bench) =>
  [...bench.asked.values()].flatMap((asked) => {
    const sent = bench.sent.get(asked.name);
    return sent === undefined || isElsewhere(bench, asked) ? [] : faultsOf(asked, sent);
  });

function faultsOf(asked: Element, sent: Element): readonly Fault[] {
  const isType = asked.kind === 'TYPE';
  const among = asked.among.filter((name) => !sent.among.includes(name));
  const fault = (code: string, [was, is]: readonly [string, string], { zh, en }: { readonly zh: string; readonly en: string }): Fault => ({
    code,
    severity: 'REFUSAL',
    element: asked.name,
    at: sent,
    zh: `${asked.name} 的${zh}应为 ${was}，现为 ${is}；网关按契约读取答案，不符的作废。`,
    en: `The ${en} of ${asked.name} is ${is}, and by the contract ${was}; answers are read by the contract, and others are thrown away.`,
    remedyZh: `改为 ${was}。`,
    remedyEn: `Write ${was}.`,
  });
  return [
    ...(asked.type === sent.type
      ? []
      : [
          fault(
            isType ? 'KIND_DIFFERENT' : 'TYPE_DIFFERENT',
            [asked.type, sent.type],
            isType ? { zh: '种类', en: 'kind' } : { zh: '类型', en: 'type' },
          ),
        ]),
    ...(asked.initial === sent.initial
      ? []
      : [fault('DEFAULT_DIFFERENT', [asked.initial ?? '无 none', sent.initial ?? '无 none'], { zh: '默认值', en: 'default' })]),
    ...(among.length === 0
      ? []
      : [
          fault('INTERFACES_DIFFERENT', [asked.among.join(' & '), sent.among.join(' & ') || '无 none'], {
            zh: '接口或成员',
            en: 'interfaces or members',
          }),
        ]),
  ];
}
