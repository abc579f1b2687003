/**
 * Persons' identity numbers are RESTRICTED, whatever the sheet says: it marks several of them open.
 * @see design/graph.md «Who sees what»
 */
import type { Lint } from '../lint.ts';
import { atField, fieldsOf } from '../places.ts';

export const visibilityPerson: Lint = {
  code: 'VISIBILITY_PERSON',
  find: (law) =>
    fieldsOf(law)
      .filter(({ field }) => field.visibility !== 'RESTRICTED' && field.wire.some(({ id }) => id === 'idCard'))
      .map((place) => ({
        ...atField(place, 'visibility'),
        zh: `身份证号字段 ${place.field.name} 不是受限。个人证件号无论标准如何标注都不得公开；请改为 @visibility(to: RESTRICTED)。`,
        en: `${place.field.name} holds identity numbers and is not restricted. Persons' identifiers stay closed whatever the sheet says; write @visibility(to: RESTRICTED).`,
      })),
};
