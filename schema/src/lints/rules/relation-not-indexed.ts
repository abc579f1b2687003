/**
 * Both ends of a relation are indexed: it is followed in both directions, for whole pages at once.
 * @see design/graph.md «Shape»
 */
import type { Lint } from '../lint.ts';
import { atField } from '../places.ts';
import { joinedRelations } from '../relations.ts';

export const relationNotIndexed: Lint = {
  code: 'RELATION_NOT_INDEXED',
  find: (law) =>
    joinedRelations(law)
      .filter(({ from, to }) => !from.indexed || !to.indexed)
      .map((place) => ({
        ...atField(place, 'relation'),
        zh: `关联的两端 ${place.dataset.type}.${place.from.name} 与 ${place.target.type}.${place.to.name} 没有都加 @indexed。没有列就无从匹配，关联永远为空；请给两端加 @indexed。`,
        en: `The ends ${place.dataset.type}.${place.from.name} and ${place.target.type}.${place.to.name} are not both @indexed. Without columns nothing can be matched and the relation is always empty; index both.`,
      })),
};
