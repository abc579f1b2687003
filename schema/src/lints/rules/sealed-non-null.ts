/**
 * A sealed field is nullable: until the seal ends it is null.
 * @see design/graph.md «Who sees what»
 */
import type { Lint } from '../lint.ts';
import { atField, fieldsOf } from '../places.ts';

export const sealedNonNull: Lint = {
  code: 'SEALED_NON_NULL',
  find: (law) =>
    fieldsOf(law)
      .filter(({ field }) => field.sealed !== undefined && field.nonNull)
      .map((place) => ({
        ...atField(place, 'sealed'),
        zh: '封存字段写成了非空。开封前它是空值，整条记录会随之变空；请去掉「!」。',
        en: 'A sealed field is non-null. Until the seal ends it is null, and the whole record would turn null with it; drop the «!».',
      })),
};
