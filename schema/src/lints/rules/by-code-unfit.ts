/**
 * `…ByCode` looks up one indexed, single, unsealed identifier: those alone are compared whatever their case.
 * @see design/partitioning.md «Code»
 */
import { isIdentifier } from '../../decode/index-value.ts';
import type { Lint } from '../lint.ts';
import { atDataset, datasetsOf } from '../places.ts';

export const byCodeUnfit: Lint = {
  code: 'BY_CODE_UNFIT',
  find: (law) =>
    datasetsOf(law)
      .filter(({ dataset }) => {
        if (dataset.byCode === undefined) return false;
        const field = dataset.fields.find(({ name }) => name === dataset.byCode);
        return field === undefined || !field.indexed || field.list || field.sealed !== undefined || !isIdentifier(field);
      })
      .map((place) => ({
        ...atDataset(place, 'dataset'),
        zh: `byCode 指的 ${place.dataset.byCode} 不能用来查找：须是本类型 @indexed、单值、未封存的标识字段（标识标量，或写有 id 规则的文本）：没有索引每次都要扫全表，不是标识则大小写不同就找不到。请换一个字段或去掉 byCode。`,
        en: `byCode names ${place.dataset.byCode}, which cannot be looked up: it must be an @indexed, single, unsealed identifier of this type (an identifier scalar, or a text with an id rule): without an index each call scans the table, and other text is not found in another case. Name another field, or drop byCode.`,
      })),
};
