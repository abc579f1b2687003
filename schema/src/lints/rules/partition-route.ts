/**
 * Root fields of a contract that systems hold say how these answer them; those of an endpoint of the hub's have nothing to say.
 * @see design/partitioning.md 2, «Operators»
 */
import { directiveOf } from '../../read-contract.ts';
import { isHeldBySystems } from '../../subgraph-url.ts';
import { rootFieldsOf } from '../definitions.ts';
import type { Lint } from '../lint.ts';

export const partitionRoute: Lint = {
  code: 'PARTITION_ROUTE',
  find: (law) =>
    rootFieldsOf(law)
      .filter(({ read, node }) => (directiveOf(node, 'route') === undefined) === isHeldBySystems(read.contract))
      .map(({ read, node }) => ({
        contract: read.contract.name,
        type: 'Query',
        field: node.name.value,
        node: node.name,
        zh: isHeldBySystems(read.contract)
          ? '由系统提供的契约，根字段必须写 @route：否则中心不知道问谁、怎样合并，行会不声不响地丢掉。请写 @route(by: SINGLE | PAGE | GROUP | CODE)。'
          : '没有数据集的契约只有一个端点，@route 会让中心去问并不存在的系统。请去掉 @route。',
        en: isHeldBySystems(read.contract)
          ? 'A root field of a contract that systems hold needs @route: without it the hub cannot tell whom to ask and how to merge, and rows are silently dropped. Write @route(by: SINGLE | PAGE | GROUP | CODE).'
          : 'A contract without datasets has one endpoint, and @route would send the hub to systems that are not there. Drop @route.',
      })),
};
