/**
 * Code lists that wire fields name are files of schema/codes/.
 * @see design/graph.md «Types»
 */
import type { Lint } from '../lint.ts';
import { atWire, wiresOf } from '../places.ts';

export const wireListUnknown: Lint = {
  code: 'WIRE_LIST_UNKNOWN',
  find: (law) =>
    wiresOf(law)
      .filter(({ wire }) => wire.list !== undefined && law.codes.list(wire.list) === undefined)
      .map((place) => ({
        ...atWire(place),
        zh: `没有代码表 ${place.wire.list}，代码就没有名称、也无从校验。请检查拼写，或新建 schema/codes/${place.wire.list}.json（不知全表时 complete 写 false）。`,
        en: `There is no code list ${place.wire.list}, so codes would have no label and no check. Check the spelling, or add schema/codes/${place.wire.list}.json (complete: false when not all values are known).`,
      })),
};
