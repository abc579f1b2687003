/**
 * A sealed field is not indexed: to filter or order by it is to read it, and a filter does not know the time.
 * @see design/graph.md «Who sees what»
 */
import type { Lint } from '../lint.ts';
import { atField, fieldsOf } from '../places.ts';

export const sealedIndexed: Lint = {
  code: 'SEALED_INDEXED',
  find: (law) =>
    fieldsOf(law)
      .filter(({ field }) => field.sealed !== undefined && field.indexed)
      .map((place) => ({
        ...atField(place, 'indexed'),
        zh: '封存字段加了 @indexed。按它筛选或排序就能在开封前猜出它的值；请去掉 @indexed，或封存整个类型。',
        en: 'A sealed field is @indexed. Filtering or ordering by it tells its value before the seal ends; drop @indexed, or seal the whole type.',
      })),
};
