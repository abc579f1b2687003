/**
 * Everything an author wrote that can carry a directive: the schema itself, types, fields, arguments, input fields, enum values.
 */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  DirectiveLocation,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type SchemaExtensionNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
} from 'graphql';

import type { Place } from './finding.ts';
import type { ReadLaw } from './lint.ts';

type TypeNode = TypeDefinitionNode | TypeExtensionNode;

/** One of them. Its place is that of its name. */
export interface Element extends Place {
  readonly location: DirectiveLocation;
  /** Its own name: of the argument, where the place names the argument's field. */
  readonly name: string;
  readonly extends: boolean;
  readonly description: string | undefined;
  readonly directives: readonly ConstDirectiveNode[];
}

const typeLocations: Readonly<Partial<Record<Kind, DirectiveLocation>>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: DirectiveLocation.OBJECT,
  [Kind.OBJECT_TYPE_EXTENSION]: DirectiveLocation.OBJECT,
  [Kind.INTERFACE_TYPE_DEFINITION]: DirectiveLocation.INTERFACE,
  [Kind.INTERFACE_TYPE_EXTENSION]: DirectiveLocation.INTERFACE,
  [Kind.UNION_TYPE_DEFINITION]: DirectiveLocation.UNION,
  [Kind.UNION_TYPE_EXTENSION]: DirectiveLocation.UNION,
  [Kind.ENUM_TYPE_DEFINITION]: DirectiveLocation.ENUM,
  [Kind.ENUM_TYPE_EXTENSION]: DirectiveLocation.ENUM,
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: DirectiveLocation.INPUT_OBJECT,
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: DirectiveLocation.INPUT_OBJECT,
  [Kind.SCALAR_TYPE_DEFINITION]: DirectiveLocation.SCALAR,
  [Kind.SCALAR_TYPE_EXTENSION]: DirectiveLocation.SCALAR,
};

/** @returns The elements of the contracts and of the shared types, in the order written. */
export function elementsOf(law: ReadLaw): readonly Element[] {
  return [
    ...law.contracts.flatMap(({ contract, document }) => elementsIn(contract.name, document.definitions)),
    ...elementsIn('shared', law.shared.definitions),
  ];
}

function elementsIn(contract: string, definitions: readonly DefinitionNode[]): readonly Element[] {
  return definitions.flatMap((node) => {
    if (node.kind === Kind.SCHEMA_EXTENSION) return [schemaElement(contract, node)];
    return isTypeDefinitionNode(node) || isTypeExtensionNode(node) ? typeElements(contract, node) : [];
  });
}

function schemaElement(contract: string, node: SchemaExtensionNode): Element {
  const { directives = [] } = node;
  return { contract, type: '', node, name: '', location: DirectiveLocation.SCHEMA, extends: true, description: undefined, directives };
}

function typeElements(contract: string, node: TypeNode): readonly Element[] {
  const type = node.name.value;
  const own: Element = {
    contract,
    type,
    node: node.name,
    name: type,
    location: typeLocations[node.kind] ?? DirectiveLocation.OBJECT,
    extends: isTypeExtensionNode(node),
    description: 'description' in node ? node.description?.value : undefined,
    directives: node.directives ?? [],
  };
  return [own, ...partsOf(node).flatMap((part) => partElements(own, part))];
}

function partsOf(node: TypeNode): readonly (FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode)[] {
  if ('fields' in node) return node.fields ?? [];
  return 'values' in node ? (node.values ?? []) : [];
}

function partElements(owner: Element, part: FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode): readonly Element[] {
  const { contract, type } = owner;
  const element = (node: typeof part, location: DirectiveLocation): Element => ({
    contract,
    type,
    field: part.name.value,
    node: node.name,
    name: node.name.value,
    location,
    extends: owner.extends,
    description: node.description?.value,
    directives: node.directives ?? [],
  });
  switch (part.kind) {
    case Kind.FIELD_DEFINITION:
      return [
        element(part, DirectiveLocation.FIELD_DEFINITION),
        ...(part.arguments ?? []).map((argument) => element(argument, DirectiveLocation.ARGUMENT_DEFINITION)),
      ];
    case Kind.INPUT_VALUE_DEFINITION:
      return [element(part, DirectiveLocation.INPUT_FIELD_DEFINITION)];
    case Kind.ENUM_VALUE_DEFINITION:
      return [element(part, DirectiveLocation.ENUM_VALUE)];
  }
}
