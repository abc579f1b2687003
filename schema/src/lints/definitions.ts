/**
 * Types and root fields as authors wrote them, datasets or not.
 */
import {
  type DefinitionNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type InterfaceTypeExtensionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql';

import { directiveOf } from '../read-contract.ts';
import type { ReadContract, ReadLaw } from './lint.ts';

export type FieldedNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeDefinitionNode | InterfaceTypeExtensionNode;

/** A root field of a contract, written by its author. */
export interface RootField {
  readonly read: ReadContract;
  readonly node: FieldDefinitionNode;
}

/** @returns Object types and interfaces of a text, extensions included. */
export function fielded({ definitions }: { readonly definitions: readonly DefinitionNode[] }): readonly FieldedNode[] {
  return definitions.filter(
    (node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION ||
      node.kind === Kind.OBJECT_TYPE_EXTENSION ||
      node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
      node.kind === Kind.INTERFACE_TYPE_EXTENSION,
  );
}

/** @returns The root fields that authors wrote themselves. */
export function rootFieldsOf(law: ReadLaw): readonly RootField[] {
  return law.contracts.flatMap((read) =>
    fielded(read.document)
      .filter((type) => type.name.value === 'Query')
      .flatMap((type) => (type.fields ?? []).map((node) => ({ read, node }))),
  );
}

/** @returns The fields of a type as the contract, else the shared part, defines it; undefined where neither does. */
export function fieldsOfType(law: ReadLaw, { document }: ReadContract, type: string): readonly FieldDefinitionNode[] | undefined {
  const own = fielded(document).find((node) => node.name.value === type);
  return (own ?? fielded(law.shared).find((node) => node.name.value === type))?.fields;
}

/** Whether a type stands for one that another contract holds: known here by its key only. */
export function isStub(node: FieldedNode): boolean {
  const key = directiveOf(node, 'key');
  return key?.arguments?.some(({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value) ?? false;
}
