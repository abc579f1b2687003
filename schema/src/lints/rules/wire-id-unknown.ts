/**
 * Identifier rules that wire fields name exist.
 * @see standard/identifiers.md
 */
import { identifierChecks } from '../../identifiers/checks.ts';
import type { Lint } from '../lint.ts';
import { atWire, wiresOf } from '../places.ts';

export const wireIdUnknown: Lint = {
  code: 'WIRE_ID_UNKNOWN',
  find: (law) =>
    wiresOf(law)
      .filter(({ wire }) => wire.id !== undefined && !identifierChecks.has(wire.id))
      .map((place) => ({
        ...atWire(place),
        zh: `没有标识规则 ${place.wire.id}，错码就不会被发现。可用的有 ${[...identifierChecks.keys()].join('、')}；新规则写在 schema/src/identifiers/。`,
        en: `There is no identifier rule ${place.wire.id}, so wrong codes would pass unseen. Known are ${[...identifierChecks.keys()].join(', ')}; a new one belongs in schema/src/identifiers/.`,
      })),
};
