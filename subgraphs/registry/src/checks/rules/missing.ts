/**
 * What the contracts ask for and the system does not have: the gateway would ask for it, and the whole answer would fail.
 */
import { type Check, isElsewhere, kindWords } from '../check.ts';

/** `TYPE_MISSING`, `FIELD_MISSING`, `ARGUMENT_MISSING`, `VALUE_MISSING`; of a missing type, nothing but the type. */
export const missing: Check = (bench) =>
  [...bench.asked.values()].flatMap((element) => {
    const { name, kind, parent } = element;
    const isTold = parent !== undefined && !bench.sent.has(parent);
    if (bench.sent.has(name) || isTold || isElsewhere(bench, element)) return [];
    const words = kindWords[kind];
    return [
      {
        code: `${kind}_MISSING`,
        severity: 'REFUSAL',
        element: name,
        at: parent === undefined ? undefined : bench.sent.get(parent),
        zh: `缺少契约规定的${words.zh} ${name}；网关会查询它，缺少时整个答案作废。`,
        en: `The ${words.en} ${name} of the contract is missing; the gateway asks for it, and without it whole answers fail.`,
        remedyZh:
          kind === 'TYPE'
            ? `照契约补上 ${element.type} ${name}。`
            : `照契约补上 ${name}${element.type === '' ? '' : `: ${element.type}`}。`,
        remedyEn:
          kind === 'TYPE'
            ? `Add ${element.type} ${name} as the contract has it.`
            : `Add ${name}${element.type === '' ? '' : `: ${element.type}`}.`,
      },
    ];
  });
