/**
 * A single relation is nullable: the order in which records arrive is not guaranteed, and a parent may be withdrawn.
 * @see standard/exchange.md 4
 */
import type { Lint } from '../lint.ts';
import { atField } from '../places.ts';
import { relationsOf } from '../relations.ts';

export const relationNonNull: Lint = {
  code: 'RELATION_NON_NULL',
  find: (law) =>
    relationsOf(law)
      .filter(({ field }) => field.nonNull && !field.list)
      .map((place) => ({
        ...atField(place),
        zh: '单个关联写成了非空。父记录可能还没到或已撤回，那时整条记录都会变成空；请去掉「!」。',
        en: 'A single relation is non-null. The parent may not have come yet, or be withdrawn, and then the whole record turns null; drop the «!».',
      })),
};
