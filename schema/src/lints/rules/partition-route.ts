/**
 * Root fields of a partitioned contract say how many systems answer them; those of one endpoint have nothing to say.
 * @see design/partitioning.md 2, «Operators»
 */
import { directiveOf } from '../../read-contract.ts';
import { rootFieldsOf } from '../definitions.ts';
import type { Lint } from '../lint.ts';

export const partitionRoute: Lint = {
  code: 'PARTITION_ROUTE',
  find: (law) =>
    rootFieldsOf(law)
      .filter(({ read, node }) => (directiveOf(node, 'route') === undefined) === read.contract.partitioned)
      .map(({ read, node }) => ({
        contract: read.contract.name,
        type: 'Query',
        field: node.name.value,
        node: node.name,
        zh: read.contract.partitioned
          ? '按行分片的契约，根字段必须写 @route：否则只会问一个系统，其余的行不声不响地丢掉。请写 @route(by: SINGLE | PAGE | GROUP | CODE)。'
          : '不分片的契约只有一个端点，@route 会让中心去问并不存在的系统。请去掉 @route，或把契约改成 partitioned: true。',
        en: read.contract.partitioned
          ? 'A root field of a contract cut by rows needs @route: without it one system is asked and the rows of all others are silently dropped. Write @route(by: SINGLE | PAGE | GROUP | CODE).'
          : 'A contract that is not partitioned has one endpoint, and @route would send the hub to systems that are not there. Drop @route, or make the contract partitioned: true.',
      })),
};
