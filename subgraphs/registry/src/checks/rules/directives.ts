/**
 * Directives say who may see a field, what is sealed, by what a record is found: a text without them is another contract.
 */
import { type Check, isElsewhere } from '../check.ts';

/** `DIRECTIVE_MISSING`, `DIRECTIVE_DIFFERENT`. */
export const directives: Check = (bench) =>
  [...bench.asked.values()].flatMap((asked) => {
    const sent = bench.sent.get(asked.name);
    if (sent === undefined || isElsewhere(bench, asked)) return [];
    return [...asked.directives].flatMap(([name, uses]) => {
      const own = sent.directives.get(name);
      const lacking = uses.filter((written) => own?.includes(written) !== true);
      if (lacking.length === 0) return [];
      const shown = lacking.map((written) => `@${name}${written === '' ? '' : `(${written})`}`).join(' ');
      return [
        {
          code: own === undefined ? 'DIRECTIVE_MISSING' : 'DIRECTIVE_DIFFERENT',
          severity: 'REFUSAL' as const,
          element: asked.name,
          at: sent,
          zh: `${asked.name} ${own === undefined ? '缺少' : '应有'} ${shown}；可见范围、封存与主键都以它为准。`,
          en: `${asked.name} lacks ${shown}; visibility, seals and keys are what it says.`,
          remedyZh: `照契约写上 ${shown}。`,
          remedyEn: `Write ${shown} as the contract does.`,
        },
      ];
    });
  });
