/**
 * No @requires on a field with arguments, nor of one: the planner fetches it under the response key of the client's own use.
 * @see design/partitioning.md 4; design/engine.md «Known faults of Apollo's planner»
 */
import { argumentsOf, directiveOf } from '../../read-contract.ts';
import { fielded } from '../definitions.ts';
import type { Lint } from '../lint.ts';

export const partitionRequires: Lint = {
  code: 'PARTITION_REQUIRES',
  find: (law) =>
    law.contracts.flatMap(({ contract, document }) =>
      fielded(document).flatMap((type) =>
        (type.fields ?? [])
          .map((field) => ({ field, requires: directiveOf(field, 'requires') }))
          .filter(({ field, requires }) => {
            const fields = argumentsOf(requires)['fields'];
            return requires !== undefined && ((field.arguments ?? []).length > 0 || (typeof fields === 'string' && fields.includes('(')));
          })
          .map(({ field, requires }) => ({
            contract: contract.name,
            type: type.name.value,
            field: field.name.value,
            node: requires ?? field,
            zh: '@requires 遇到带参数的字段：查询计划会把它与客户端自己的同名字段用同一个键取回，客户端会拿到别的参数的结果。请去掉参数，或改成根字段。',
            en: "@requires meets a field with arguments: the planner fetches it under the same response key as the client's own use, and the client gets the result for other arguments. Drop the arguments, or make it a root field.",
          })),
      ),
    ),
};
