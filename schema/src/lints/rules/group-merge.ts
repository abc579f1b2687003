/**
 * Every field of a group says how many systems' groups become one.
 * @see design/partitioning.md «Group»
 */
import { groupFieldsOf } from '../groups.ts';
import type { Lint } from '../lint.ts';

export const groupMerge: Lint = {
  code: 'GROUP_MERGE',
  find: (law) =>
    groupFieldsOf(law)
      .filter(({ merge }) => merge === undefined)
      .map(({ read, type, node }) => ({
        contract: read.contract.name,
        type,
        field: node.name.value,
        node: node.name,
        zh: '统计组的字段没有写 @merge。各系统的组要合成一组，不写就不知是分组的键还是可相加的数；请写 @merge(by: KEY) 或 @merge(by: SUM)。去重计数和平均数不能相加：请改为返回可合并的集合，或分别返回总和与个数。',
        en: 'A field of a group has no @merge. Groups of many systems become one, and nothing tells a key from a number to be added; write @merge(by: KEY) or @merge(by: SUM). Distinct counts and averages do not add up: return mergeable sets, or a sum and a count.',
      })),
};
