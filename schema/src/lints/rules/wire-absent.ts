/**
 * Every field of a dataset is filled: from the wire, or by a relation, not by both.
 * @see design/graph.md «Types»
 */
import type { Lint } from '../lint.ts';
import { atField, fieldsOf } from '../places.ts';

export const wireAbsent: Lint = {
  code: 'WIRE_ABSENT',
  find: (law) =>
    fieldsOf(law)
      .filter(({ field }) => (field.wire.length === 0) === (field.relation === undefined))
      .map((place) => {
        const both = place.field.relation !== undefined;
        return {
          ...atField(place),
          zh: both
            ? '字段既有 @wire 又有 @relation。值只能来自一处，另一处会被忽略；请只留一个。'
            : '字段既没有 @wire 也没有 @relation，永远为空。请写明来自标准的哪个字段，或指向哪个数据集。',
          en: both
            ? 'The field has both @wire and @relation. A value comes from one of them and the other is ignored; keep one.'
            : 'The field has neither @wire nor @relation and would always be null. Name the wire field behind it, or the dataset it leads to.',
        };
      }),
};
