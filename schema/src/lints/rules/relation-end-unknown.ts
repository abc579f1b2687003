/**
 * A relation joins two fields that exist, of two datasets of one contract: a system serves whole contracts, not half of two.
 * @see design/partitioning.md 4
 */
import type { Lint } from '../lint.ts';
import { atField } from '../places.ts';
import { relationsOf } from '../relations.ts';

export const relationEndUnknown: Lint = {
  code: 'RELATION_END_UNKNOWN',
  find: (law) =>
    relationsOf(law)
      .filter(({ target, from, to }) => target === undefined || from === undefined || to === undefined)
      .map((place) => ({
        ...atField(place, 'relation'),
        zh: `关联的一端不存在：${place.dataset.type}.${place.relation.from} → ${place.field.graphType}.${place.relation.to}。两端须是同一契约中数据集的字段，因为别的契约未必由同一系统提供；请改正字段名或类型。`,
        en: `An end of the relation does not exist: ${place.dataset.type}.${place.relation.from} → ${place.field.graphType}.${place.relation.to}. Both are fields of datasets of one contract, for another contract may be served elsewhere; correct the names or the type.`,
      })),
};
