/**
 * A key becomes part of the record's public id, so it holds nothing that is not public.
 * @see schema/directives.graphql @dataset(key:); design/graph.md «Who sees what»
 */
import { keyFieldsOf } from '../key-fields.ts';
import type { Lint } from '../lint.ts';
import { atDataset } from '../places.ts';

export const keyHidden: Lint = {
  code: 'KEY_HIDDEN',
  find: (law) =>
    keyFieldsOf(law)
      .filter(({ field }) => field.visibility !== 'PUBLIC' || field.sealed !== undefined)
      .map(({ place, wire }) => ({
        ...atDataset(place, 'dataset'),
        zh: `键字段 ${wire.code} 不是社会公开，或被封存。键是公开标识 id 的一部分，任何人解开 id 就能读到它；请换用公开字段，或留空 key: [] 并要求 DATA_KEY。`,
        en: `The key field ${wire.code} is not public, or sealed. A key is part of the record's public id, and whoever takes the id apart reads it; use public fields, or key: [] and require DATA_KEY.`,
      })),
};
