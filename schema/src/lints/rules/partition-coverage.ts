/**
 * A root field that many systems answer together says which of them did: its type carries `coverage`.
 * @see design/partitioning.md «Coverage lives in the data»
 */
import { argumentsOf, directiveOf, readType } from '../../read-contract.ts';
import { fieldsOfType, rootFieldsOf } from '../definitions.ts';
import type { Lint } from '../lint.ts';

const together: ReadonlySet<unknown> = new Set(['PAGE', 'GROUP']);

export const partitionCoverage: Lint = {
  code: 'PARTITION_COVERAGE',
  find: (law) =>
    rootFieldsOf(law)
      .filter(({ read, node }) => {
        const { graphType, list, nonNull } = readType(node.type);
        const asksMany = list || nonNull || together.has(argumentsOf(directiveOf(node, 'route'))['by']);
        const fields = fieldsOfType(law, read, graphType) ?? [];
        const covered = !list && fields.some(({ name, type }) => name.value === 'coverage' && readType(type).graphType === 'Coverage');
        return read.contract.partitioned && asksMany && !covered;
      })
      .map(({ read, node }) => ({
        contract: read.contract.name,
        type: 'Query',
        field: node.name.value,
        node: node.name,
        zh: '多个系统共同回答的根字段没有带 coverage。有系统缺席时答案少了谁无人得知；请返回含 coverage: Coverage! 的类型。',
        en: 'A root field that many systems answer carries no coverage. When a system is away nobody learns what is missing; return a type with coverage: Coverage!.',
      })),
};
