/**
 * Seals are judged by the lot's deal on the board: what they look at must be there, in columns.
 * @see design/graph.md «Who sees what»
 */
import type { Lint } from '../lint.ts';
import { sealsOf } from '../seals.ts';

/** Fields of `Deal` that tell whether a milestone has come. */
const milestoneFields = ['lotCode', 'opensAt', 'decidedAt', 'state'] as const;

export const sealedBoard: Lint = {
  code: 'SEALED_BOARD',
  find: (law) => {
    const deal = law.contracts.flatMap(({ contract }) => contract.datasets).find(({ type }) => type === 'Deal');
    const missing = milestoneFields.filter((name) => deal?.fields.find((field) => field.name === name)?.indexed !== true);
    if (missing.length === 0) return [];
    return sealsOf(law).map(({ place }) => ({
      ...place,
      zh: `封存要看标的的成交（Deal）是否已开标或已定，而公告板契约的 Deal 没有加了 @indexed 的 ${missing.join('、')}，无从判断。请在公告板契约补上。`,
      en: `A seal asks the lot's Deal whether it has been opened or decided, and the board's Deal has no @indexed ${missing.join(', ')}, so nothing can tell. Add it to the board contract.`,
    }));
  },
};
