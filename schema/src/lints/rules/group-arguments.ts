/**
 * Limits, order and «having» are never pushed down to systems, and all must answer unless the caller says `partial: true`.
 * @see design/partitioning.md «Group»
 */
import { Kind } from 'graphql';

import { readType } from '../../read-contract.ts';
import { groupRootsOf } from '../groups.ts';
import type { Lint } from '../lint.ts';

const cutting: ReadonlySet<string> = new Set([
  'limit',
  'first',
  'last',
  'top',
  'order',
  'orderBy',
  'sort',
  'having',
  'after',
  'before',
  'offset',
]);

export const groupArguments: Lint = {
  code: 'GROUP_ARGUMENTS',
  find: (law) =>
    groupRootsOf(law)
      .filter(({ node }) => {
        const given = node.arguments ?? [];
        const partial = given.find(({ name }) => name.value === 'partial');
        const whole =
          partial?.defaultValue?.kind === Kind.BOOLEAN && !partial.defaultValue.value && readType(partial.type).graphType === 'Boolean';
        return !whole || given.some(({ name }) => cutting.has(name.value));
      })
      .map(({ read, node }) => ({
        contract: read.contract.name,
        type: 'Query',
        field: node.name.value,
        node: node.name,
        zh: '统计的根字段须有 partial: Boolean! = false，且不得有限量、排序、筛组的参数。各系统各自截断后再合并，组和数都会错；缺了系统的总数也不可冒充全省。',
        en: "A root field of statistics needs partial: Boolean! = false and takes no limit, order or having. Groups cut off at each system and merged afterwards are the wrong groups with wrong numbers, and a sum without a system is not the province's.",
      })),
};
