/**
 * Codes outside their list. Wrong only where the list is known in full; where nothing of it is known, or only the level above
 * the code, nothing is said.
 * 是否 is a list too: a value outside it could not be shown as a Boolean.
 * @see design/graph.md «Types»; standard/exchange.md 6
 */
import { readBoolean } from '../../decode/scalar.ts';
import { type Judged, type Rule, type SentUse } from '../rule.ts';

export const codeUnknown: Rule = {
  id: 'CODE_UNKNOWN',
  policy: 'Refusal when the list is known in full, else a warning.',
  source: 'standard/exchange.md 6',
  judgesWithdrawals: false,
  find: (judged) =>
    judged.sent.flatMap((use) => {
      const value = use.texts.find((text) => isUnknown(judged, use, text));
      if (value === undefined) return [];
      const list = use.wire.list ?? 'YES_NO';
      const complete = use.field.graphType === 'Boolean' || judged.codes.complete(list);
      return [
        {
          field: use.wire.code,
          severity: complete ? 'refusal' : 'warning',
          zh: complete ? `不在代码表 ${list} 中。` : `不在代码表 ${list} 的已知部分中。`,
          en: complete ? `Not in code list ${list}.` : `Not in the known part of code list ${list}.`,
          value,
        },
      ];
    }),
};

function isUnknown({ codes }: Judged, { wire, field }: SentUse, text: string): boolean {
  if (field.graphType === 'Boolean') return readBoolean(text) === null;
  if (wire.list === undefined || !codes.hasValues(wire.list) || codes.isKnown(wire.list, text)) return false;
  return codes.complete(wire.list) || !codes.isBelowKnown(wire.list, text);
}
