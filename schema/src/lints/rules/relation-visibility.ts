/**
 * A relation is at least as strict as its stricter end: to follow it is to learn what the ends hold.
 * @see design/graph.md «Who sees what»
 */
import type { Lint } from '../lint.ts';
import { atField } from '../places.ts';
import { joinedRelations } from '../relations.ts';
import { isStricter, strictest } from '../strictness.ts';

export const relationVisibility: Lint = {
  code: 'RELATION_VISIBILITY',
  find: (law) =>
    joinedRelations(law)
      .filter(({ field, from, to }) => isStricter(strictest([from.visibility, to.visibility]), field.visibility))
      .map((place) => {
        const least = strictest([place.from.visibility, place.to.visibility]);
        return {
          ...atField(place, 'visibility'),
          zh: `关联比它的一端宽（${place.field.visibility} 对 ${least}）。顺着关联就能得知那一端的值；请改为 @visibility(to: ${least})。`,
          en: `The relation is looser than one of its ends (${place.field.visibility} against ${least}). Whoever follows it learns that end's value; write @visibility(to: ${least}).`,
        };
      }),
};
