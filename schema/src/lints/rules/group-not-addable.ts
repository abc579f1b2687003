/**
 * What is summed over systems can be summed: exact numbers, no distinct counts, no averages.
 * @see design/partitioning.md «Group»
 */
import { readType } from '../../read-contract.ts';
import { groupFieldsOf } from '../groups.ts';
import type { Lint } from '../lint.ts';

const numbers: ReadonlySet<string> = new Set(['Int', 'Decimal']);
/** A company that trades in three cities is one company; an average of averages is no average. */
const notAddable = /distinct|unique|average|avg|mean|median|percent|ratio|rate|share|highest|lowest|max|min/i;

export const groupNotAddable: Lint = {
  code: 'GROUP_NOT_ADDABLE',
  find: (law) =>
    groupFieldsOf(law)
      .filter(({ merge, node }) => {
        const { graphType, list } = readType(node.type);
        return merge === 'SUM' && (list || !numbers.has(graphType) || notAddable.test(node.name.value));
      })
      .map(({ read, type, node }) => ({
        contract: read.contract.name,
        type,
        field: node.name.value,
        node: node.name,
        zh: '这个字段写了 @merge(by: SUM)，却不能把各系统的值相加：须是 Int 或 Decimal，且不是去重计数、平均、比率、极值。请分别返回总和与个数由读者去除，或返回可合并的集合。',
        en: 'The field is merged by SUM, but the values of many systems do not add up: it must be Int or Decimal, and no distinct count, average, ratio or extreme. Return the sum and the count, or mergeable sets.',
      })),
};
