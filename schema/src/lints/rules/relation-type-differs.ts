/**
 * Both ends of a relation have the same graph type, lists aside: values of two types are not compared in one form.
 * @see schema/directives.graphql @relation
 */
import type { Lint } from '../lint.ts';
import { atField } from '../places.ts';
import { joinedRelations } from '../relations.ts';

export const relationTypeDiffers: Lint = {
  code: 'RELATION_TYPE_DIFFERS',
  find: (law) =>
    joinedRelations(law)
      .filter(({ from, to }) => from.graphType !== to.graphType)
      .map((place) => ({
        ...atField(place, 'relation'),
        zh: `关联两端类型不同：${place.from.graphType} 与 ${place.to.graphType}。标识不分大小写而文本分，两种类型对不上；请让两端用同一类型。`,
        en: `The ends differ in type: ${place.from.graphType} and ${place.to.graphType}. Identifiers compare whatever their case and text does not, so rows would be missed; give both ends one type.`,
      })),
};
