/**
 * `…ByCode` looks up one indexed, single, unsealed text field.
 * @see design/partitioning.md «Code»
 */
import { identifierScalars } from '../../decode/index-value.ts';
import type { Lint } from '../lint.ts';
import { atDataset, datasetsOf } from '../places.ts';

const textual: ReadonlySet<string> = new Set(['String', ...identifierScalars]);

export const byCodeUnfit: Lint = {
  code: 'BY_CODE_UNFIT',
  find: (law) =>
    datasetsOf(law)
      .filter(({ dataset }) => {
        if (dataset.byCode === undefined) return false;
        const field = dataset.fields.find(({ name }) => name === dataset.byCode);
        return field === undefined || !field.indexed || field.list || field.sealed !== undefined || !textual.has(field.graphType);
      })
      .map((place) => ({
        ...atDataset(place, 'dataset'),
        zh: `byCode 指的 ${place.dataset.byCode} 不能用来查找：须是本类型 @indexed、单值、未封存的文本或标识字段，否则每次查找都要扫全表，或没有唯一答案。请换一个字段或去掉 byCode。`,
        en: `byCode names ${place.dataset.byCode}, which cannot be looked up: it must be an @indexed, single, unsealed text or identifier of this type, or each call would scan the table or have no one answer. Name another field, or drop byCode.`,
      })),
};
