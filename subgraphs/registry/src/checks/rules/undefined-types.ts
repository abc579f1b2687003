/**
 * A type that is named and not defined: the text is no schema.
 */
import { specifiedScalarTypes } from 'graphql';

import type { Check } from '../check.ts';

const builtIn: ReadonlySet<string> = new Set(specifiedScalarTypes.map(({ name }) => name));

/** `TYPE_UNDEFINED`, at the first place that names it. */
export const undefinedTypes: Check = ({ sent }) => {
  const told = new Set<string>();
  return [...sent.values()].flatMap((element) => {
    const { kind, name, type } = element;
    const named = type.replaceAll(/[[\]!]/g, '');
    if (kind === 'TYPE' || named === '' || sent.has(named) || builtIn.has(named) || named.startsWith('_') || told.has(named)) return [];
    told.add(named);
    return [
      {
        code: 'TYPE_UNDEFINED',
        severity: 'REFUSAL',
        element: name,
        at: element,
        zh: `${name} 的类型 ${named} 没有定义。`,
        en: `The type ${named} of ${name} is not defined.`,
        remedyZh: `定义 ${named}，或改用已有的类型。`,
        remedyEn: `Define ${named}, or use a type there is.`,
      },
    ];
  });
};
