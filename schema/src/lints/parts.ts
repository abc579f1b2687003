/**
 * The search that the lints about money and parties share: their parts are known, each stands once, and the leading one is there.
 * @see schema/shared.graphql Money, Party
 */
import type { Fault } from './finding.ts';
import type { ReadLaw } from './lint.ts';
import { atField, fieldsOf } from './places.ts';

/** What a joined type is made of. */
export interface Parts {
  readonly graphType: string;
  readonly zh: string;
  readonly known: readonly string[];
  /** One of these must be there: without any, nothing would be shown. */
  readonly leading: readonly string[];
}

/** @returns A fault for each field whose parts do not make the type. */
export function partFaults(law: ReadLaw, { graphType, zh, known, leading }: Parts): readonly Fault[] {
  return fieldsOf(law)
    .filter(({ field }) => field.graphType === graphType && field.wire.length > 0)
    .filter(({ field }) => {
      const parts = field.wire.map(({ part }) => part ?? '');
      const odd = parts.some((part, index) => !known.includes(part) || parts.indexOf(part) !== index);
      return odd || !parts.some((part) => leading.includes(part));
    })
    .map((place) => ({
      ...atField(place, 'wire'),
      zh: `${zh}（${graphType}）的各部分写得不对，会缺一块或互相覆盖。part 只能是 ${known.join('、')}，每种一次，且须有 ${leading.join(' 或 ')}。`,
      en: `The parts of this ${graphType} are wrong: one would be missing or overwrite another. part is one of ${known.join(', ')}, each once, and ${leading.join(' or ')} must be there.`,
    }));
}
