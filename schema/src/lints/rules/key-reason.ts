/**
 * The choice of a key is reasoned, dataset by dataset: most sheets have no usable one.
 * @see schema/directives.graphql @dataset(why:)
 */
import type { Lint } from '../lint.ts';
import { atDataset, datasetsOf } from '../places.ts';

export const keyReason: Lint = {
  code: 'KEY_REASON',
  find: (law) =>
    datasetsOf(law)
      .filter(({ dataset }) => dataset.why.trim() === '')
      .map((place) => ({
        ...atDataset(place, 'dataset'),
        zh: '没有说明为何用这个键。键一旦落地就不能再改，后来者须知道依据；请在 why 里写明为何它能（或为何没有字段能）标识一行。',
        en: 'Nothing says why this is the key. A key can never change once landed, and whoever comes later must know what it rests on; say in why what identifies a row, or why no field does.',
      })),
};
