/**
 * The notation of a wire field fits the graph type it fills.
 * @see standard/identifiers.md 13; design/graph.md «Types»
 */
import { type WireType, readNotation } from '../../wire-types/notation.ts';
import type { Lint } from '../lint.ts';
import { type WirePlace, atWire, wiresOf } from '../places.ts';

interface Demand {
  readonly fits: (type: WireType) => boolean;
  readonly zh: string;
  readonly en: string;
}

const dateOnly: Demand = { fits: (type) => type.kind === 'date' && type.digits === 8, zh: 'yyyyMMdd', en: 'yyyyMMdd' };
const instant: Demand = {
  fits: (type) => type.kind === 'date' && type.digits > 8,
  zh: 'yyyyMMddHHmm 或 yyyyMMddHHmmss',
  en: 'yyyyMMddHHmm or yyyyMMddHHmmss',
};
const whole: Demand = { fits: (type) => type.kind === 'number' && type.decimals === 0, zh: '不带小数的 N', en: 'N without decimals' };
const number: Demand = { fits: (type) => type.kind === 'number', zh: 'N', en: 'N' };
const codeLike: Demand = { fits: (type) => type.kind !== 'date', zh: 'C 或 N', en: 'C or N' };
const text: Demand = { fits: (type) => type.kind === 'text', zh: 'C', en: 'C' };

const demands: ReadonlyMap<string, Demand> = new Map([
  ['Date', dateOnly],
  ['DateTime', instant],
  ['Int', whole],
  ['Decimal', number],
  ['Money', codeLike],
  ['Code', codeLike],
]);

export const wireTypeUnfit: Lint = {
  code: 'WIRE_TYPE_UNFIT',
  find: (law) =>
    wiresOf(law).flatMap((place) => {
      const type = readNotation(place.wire.type);
      const demand = demandOf(place);
      if (type === undefined || demand.fits(type)) return [];
      const { graphType } = place.field;
      return [
        {
          ...atWire(place),
          zh: `标准类型 ${place.wire.type} 与 ${graphType} 不符：合格的值会读不出，或时刻、小数被凭空补上或丢掉。${graphType} 要求 ${demand.zh}；请改类型或改字段。`,
          en: `The wire type ${place.wire.type} does not fit ${graphType}: good values would be unreadable, or a time or decimals invented or lost. ${graphType} wants ${demand.en}; change the one or the other.`,
        },
      ];
    }),
};

function demandOf({ field, wire }: WirePlace): Demand {
  if (field.graphType === 'Money' && wire.part === 'amount') return number;
  return demands.get(field.graphType) ?? text;
}
