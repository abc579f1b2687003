/**
 * Relations go both ways.
 * @see design/partitioning.md 4
 */
import type { Lint } from '../lint.ts';
import { atField } from '../places.ts';
import { joinedRelations } from '../relations.ts';

export const relationInverseMissing: Lint = {
  code: 'RELATION_INVERSE_MISSING',
  find: (law) =>
    joinedRelations(law)
      .filter(
        ({ dataset, relation, target }) =>
          !target.fields.some(
            (field) => field.graphType === dataset.type && field.relation?.from === relation.to && field.relation.to === relation.from,
          ),
      )
      .map((place) => ({
        ...atField(place, 'relation'),
        zh: `${place.target.type} 没有返回 ${place.dataset.type} 的关联。从任一端出发都应能到另一端；请在 ${place.target.type} 加字段 @relation(from: "${place.relation.to}", to: "${place.relation.from}")。`,
        en: `${place.target.type} has no relation back to ${place.dataset.type}. Either end should lead to the other; add a field to ${place.target.type} with @relation(from: "${place.relation.to}", to: "${place.relation.from}").`,
      })),
};
