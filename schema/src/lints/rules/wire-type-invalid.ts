/**
 * The type of a wire field is written in the sheet's notation.
 * @see standard/identifiers.md 13
 */
import { readNotation } from '../../wire-types/notation.ts';
import type { Lint } from '../lint.ts';
import { atWire, wiresOf } from '../places.ts';

export const wireTypeInvalid: Lint = {
  code: 'WIRE_TYPE_INVALID',
  find: (law) =>
    wiresOf(law)
      .filter(({ wire }) => readNotation(wire.type) === undefined)
      .map((place) => ({
        ...atWire(place),
        zh: `类型「${place.wire.type}」不合标准的写法，长度与格式因此无法校验。请写 C6、C..200、C..ul、N3、N..20,6、yyyyMMdd、yyyyMMddHHmm 或 yyyyMMddHHmmss 这样的形式。`,
        en: `The type «${place.wire.type}» is not in the sheet's notation, so neither length nor form could be checked. Write it like C6, C..200, C..ul, N3, N..20,6, yyyyMMdd, yyyyMMddHHmm or yyyyMMddHHmmss.`,
      })),
};
