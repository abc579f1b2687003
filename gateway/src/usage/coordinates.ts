/**
 * The schema coordinates that an operation's document uses: fields, arguments, input fields and enum values that it names, and
 * types that it names by themselves. Names of the schema alone, never a value.
 * @see https://spec.graphql.org/draft/#sec-Schema-Coordinates
 */
import {
  type FragmentDefinitionNode,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isSpecifiedScalarType,
  Kind,
  typeFromAST,
  type ValueNode,
  visit,
} from 'graphql';

import { namedFields } from '../admit/fields.ts';
import type { Admitted } from './signature.ts';

/** @returns The coordinates in order; none for an operation that asks GraphQL itself only. */
export function coordinatesOf(operation: Admitted): readonly string[] {
  const { schema, definition } = operation;
  const used = new Set<string>();
  for (const { parent, field, node } of namedFields(operation)) {
    const coordinate = `${parent.name}.${field.name}`;
    used.add(coordinate);
    for (const { name, value } of node.arguments ?? []) {
      const argument = field.args.find((one) => one.name === name.value);
      if (argument === undefined) continue;
      used.add(`${coordinate}(${argument.name}:)`);
      addLiteral(argument.type, value, used);
    }
  }
  if (used.size === 0) return [];
  for (const { type, defaultValue } of definition.variableDefinitions ?? []) {
    const declared = typeFromAST(schema, type);
    if (isInputType(declared) && defaultValue !== undefined) addLiteral(declared, defaultValue, used);
  }
  for (const node of [definition, ...fragmentsOf(operation)]) {
    visit(node, {
      NamedType({ name }) {
        const type = schema.getType(name.value);
        if (type !== undefined && !isSpecifiedScalarType(type)) used.add(type.name);
      },
    });
  }
  return [...used].toSorted();
}

function addLiteral(type: GraphQLInputType, value: ValueNode, used: Set<string>): void {
  if (isNonNullType(type)) return addLiteral(type.ofType, value, used);
  if (isListType(type)) {
    const items = value.kind === Kind.LIST ? value.values : [value];
    return items.forEach((item) => addLiteral(type.ofType, item, used));
  }
  if (isInputObjectType(type) && value.kind === Kind.OBJECT) {
    const fields = type.getFields();
    for (const { name, value: inner } of value.fields) {
      const field = fields[name.value];
      if (field === undefined) continue;
      used.add(`${type.name}.${field.name}`);
      addLiteral(field.type, inner, used);
    }
  }
  if (isEnumType(type) && value.kind === Kind.ENUM) used.add(`${type.name}.${value.value}`);
}

/** A document may hold fragments of other operations too. */
function fragmentsOf({ definition, fragments }: Admitted): readonly FragmentDefinitionNode[] {
  const reached = new Set<FragmentDefinitionNode>();
  const spreads = {
    FragmentSpread({ name }: { readonly name: { readonly value: string } }) {
      const fragment = fragments.get(name.value);
      if (fragment === undefined || reached.has(fragment)) return;
      reached.add(fragment);
      visit(fragment, spreads);
    },
  };
  visit(definition, spreads);
  return [...reached];
}
