/**
 * In a partitioned contract only records have fields of their own: a type without a system in its key is a key-only stub.
 * @see design/partitioning.md 4
 */
import { Kind, type SelectionNode, parse } from 'graphql';

import { argumentsOf, directiveOf } from '../../read-contract.ts';
import { type FieldedNode, fielded, isStub } from '../definitions.ts';
import type { Lint } from '../lint.ts';

export const partitionForeignFields: Lint = {
  code: 'PARTITION_FOREIGN_FIELDS',
  find: (law) =>
    law.contracts
      .filter(({ contract }) => contract.partitioned)
      .flatMap(({ contract, document }) =>
        fielded(document)
          .filter(isForeign)
          .flatMap((type) =>
            (type.fields ?? [])
              .filter(({ name }) => !(isStub(type) && keyFields(type).has(name.value)))
              .map((field) => ({
                contract: contract.name,
                type: type.name.value,
                field: field.name.value,
                node: field.name,
                zh: `${type.name.value} 的键里没有系统，它的字段会在同一次请求里由碰巧问到的那一个系统回答，一个城市的结果就成了全省的。契约按行分片时，这样的类型只能留键（@key(…, resolvable: false)）；请改成带 @route 的根字段，或放进中心自己的契约。`,
                en: `The key of ${type.name.value} holds no system, so its fields would be resolved inside the same fetch by whichever system was asked, and one city's answer would pass for the province's. In a contract cut by rows such a type is a key-only stub (@key(…, resolvable: false)); make this a root field with @route, or a field of the hub's own contract.`,
              })),
          ),
      ),
};

/** An extension of a type the contract does not define, or a type with a key that is no record. */
function isForeign(type: FieldedNode): boolean {
  if (type.name.value === 'Query') return false;
  if (type.kind === Kind.OBJECT_TYPE_EXTENSION || type.kind === Kind.INTERFACE_TYPE_EXTENSION) return true;
  return directiveOf(type, 'key') !== undefined && directiveOf(type, 'dataset') === undefined;
}

function keyFields(type: FieldedNode): ReadonlySet<string> {
  const fields = argumentsOf(directiveOf(type, 'key'))['fields'];
  const [selection] = typeof fields === 'string' ? parse(`{ ${fields} }`, { noLocation: true }).definitions : [];
  const nodes: readonly SelectionNode[] = selection?.kind === Kind.OPERATION_DEFINITION ? selection.selectionSet.selections : [];
  return new Set(nodes.flatMap((node) => (node.kind === Kind.FIELD ? [node.name.value] : [])));
}
