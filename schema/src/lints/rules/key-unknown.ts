/**
 * A key is made of wire fields of its own dataset, each once and single; where the fields alone are the key, there are some.
 * @see schema/directives.graphql @dataset(key:, byFields:)
 */
import type { Lint } from '../lint.ts';
import { atDataset, datasetsOf } from '../places.ts';

export const keyUnknown: Lint = {
  code: 'KEY_UNKNOWN',
  find: (law) =>
    datasetsOf(law).flatMap((place) => {
      const { key, byFields, fields } = place.dataset;
      if (byFields && key.length === 0) {
        return [
          {
            ...atDataset(place, 'dataset'),
            zh: 'byFields: true 只认键字段，却一个也没有写；记录会因此全部被拒。请写 key: […]，或去掉 byFields。',
            en: 'byFields: true takes the key fields alone, and there are none; every record would be refused. Write key: […], or drop byFields.',
          },
        ];
      }
      const wires = fields.flatMap(({ wire }) => wire);
      return key
        .filter((code, index) => key.indexOf(code) !== index || !wires.some((wire) => wire.code === code && !wire.multi))
        .map((code) => ({
          ...atDataset(place, 'dataset'),
          zh: `键字段 ${code} 不是本数据集的单值标准字段，或写了两次；没有 DATA_KEY 的记录会因此全部被拒。请改成 @wire 的 code，或留空 key: [] 并要求 DATA_KEY。`,
          en: `The key field ${code} is no single wire field of this dataset, or stands twice; every record without DATA_KEY would be refused. Name the code of a @wire, or write key: [] and require DATA_KEY.`,
        }));
    }),
};
