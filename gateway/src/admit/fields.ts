/**
 * Every field an operation names, with the type it stands in; each fragment once, however often fragments spread each other.
 */
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

import { onceForEach, type OperationText } from './operation.ts';

/** A field where the document names it. */
export interface NamedField {
  readonly node: FieldNode;
  readonly parent: GraphQLNamedType;
  readonly field: GraphQLField<unknown, unknown>;
}

/** @returns The fields in the document's order; those that begin with `__` are left out. */
export const namedFields = onceForEach((operation): readonly NamedField[] => [...walkFields(operation)]);

function* walkFields({ schema, definition, fragments }: OperationText): Generator<NamedField> {
  const walked = new Set<string>();
  function* walk(set: SelectionSetNode | undefined, parent: GraphQLNamedType | undefined): Generator<NamedField> {
    for (const node of set?.selections ?? []) {
      if (node.kind === Kind.FIELD) {
        const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
        if (field === undefined || parent === undefined) continue;
        yield { node, parent, field };
        yield* walk(node.selectionSet, getNamedType(field.type));
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition?.name.value;
        yield* walk(node.selectionSet, condition === undefined ? parent : schema.getType(condition));
      } else if (!walked.has(node.name.value)) {
        walked.add(node.name.value);
        const fragment = fragments.get(node.name.value);
        yield* walk(fragment?.selectionSet, schema.getType(fragment?.typeCondition.name.value ?? ''));
      }
    }
  }
  yield* walk(definition.selectionSet, schema.getRootType(definition.operation) ?? undefined);
}
