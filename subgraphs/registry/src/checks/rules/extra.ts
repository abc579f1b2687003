/**
 * What the system has and the contracts do not know. Mostly harmless, for nobody asks for it; but what must be given is never
 * given, and a value nobody knows spoils the answer that carries it.
 */
import { type Bench, type Check, type Fault, isElsewhere, kindWords } from '../check.ts';
import type { Element } from '../elements.ts';

/** `TYPE_UNKNOWN`, `FIELD_UNKNOWN`, `ARGUMENT_UNKNOWN`, `VALUE_UNKNOWN`; of an unknown type, nothing but the type. */
export const extra: Check = (bench) => [...bench.sent.values()].flatMap((element) => (isUnknown(bench, element) ? [faultOf(element)] : []));

/** Whether no contract knows it, and its kind of place is one that contracts speak of. */
export function isUnknown(bench: Bench, element: Element): boolean {
  const { name, parent } = element;
  if (bench.asked.has(name) || isElsewhere(bench, element)) return false;
  if (parent === undefined) return !bench.known.has(name);
  // Root fields of other contracts stand beside those of the contracts asked for.
  return bench.asked.has(parent) && parent !== 'Query';
}

function faultOf(element: Element): Fault {
  const { name, kind, required } = element;
  const words = kindWords[kind];
  const spoils = required || kind === 'VALUE';
  const harm = required
    ? { zh: '网关从不给出它，查询都会失败', en: 'the gateway never gives it, so every query fails' }
    : { zh: '带有它的答案会作废', en: 'an answer that holds it is thrown away' };
  return {
    code: `${kind}_UNKNOWN`,
    severity: spoils ? 'REFUSAL' : 'WARNING',
    element: name,
    at: element,
    zh: `契约中没有${words.zh} ${name}；${spoils ? harm.zh : '不会有人查询它'}。`,
    en: `No contract has the ${words.en} ${name}; ${spoils ? harm.en : 'nobody will ask for it'}.`,
    remedyZh: spoils && required ? '删去，或给它默认值，或允许为 null。' : '可删去；须对外提供的，请先写入契约。',
    remedyEn:
      spoils && required
        ? 'Remove it, give it a default, or let it be null.'
        : 'Remove it; what is to be asked for belongs into a contract first.',
  };
}
