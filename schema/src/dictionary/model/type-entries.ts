/**
 * Types that are no datasets, as a reader looks them up: value types, enums, scalars, filters, and what a contract adds.
 * @see schema/shared.graphql; GraphQL section 3
 */
import { type DefinitionNode, type FieldDefinitionNode, type InputValueDefinitionNode, Kind, parse, print } from 'graphql';

import { argumentsOf, directiveOf, readType } from '../../read-contract.ts';
import { type Told, told } from './told.ts';

/** One type and what it is made of. */
export interface TypeEntry {
  readonly name: string;
  readonly kind: 'object' | 'interface' | 'enum' | 'input' | 'scalar';
  readonly about: Told;
  readonly members: readonly MemberEntry[];
}

/** A field, an input field or an enum value. */
export interface MemberEntry {
  readonly name: string;
  /** As GraphQL writes it, `[System!]!`; '' for an enum value. */
  readonly type: string;
  /** The type under lists and marks; '' for an enum value. */
  readonly named: string;
  /** As GraphQL writes them; '' when there are none. */
  readonly arguments: string;
  readonly about: Told;
  /** Absent for values of the hub's own enums, which say nothing of a record. */
  readonly visibility: string | undefined;
}

const kinds: ReadonlyMap<string, TypeEntry['kind']> = new Map([
  [Kind.OBJECT_TYPE_DEFINITION, 'object'],
  [Kind.INTERFACE_TYPE_DEFINITION, 'interface'],
  [Kind.ENUM_TYPE_DEFINITION, 'enum'],
  [Kind.INPUT_OBJECT_TYPE_DEFINITION, 'input'],
  [Kind.SCALAR_TYPE_DEFINITION, 'scalar'],
]);

/** @returns The types of an SDL text in its order, datasets left out. */
export function typeEntries(sdl: string): readonly TypeEntry[] {
  return parse(sdl).definitions.flatMap((node): TypeEntry[] => {
    const kind = kinds.get(node.kind);
    if (kind === undefined || !('name' in node) || node.name === undefined) return [];
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION && directiveOf(node, 'dataset') !== undefined) return [];
    const description = 'description' in node ? node.description?.value : undefined;
    return [{ name: node.name.value, kind, about: told(description ?? ''), members: membersOf(node) }];
  });
}

/** @returns The root fields that a contract's author wrote. */
export function rootEntries(sdl: string): readonly MemberEntry[] {
  return parse(sdl).definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_EXTENSION && node.name.value === 'Query' ? (node.fields ?? []).map(field) : [],
  );
}

function membersOf(node: DefinitionNode): readonly MemberEntry[] {
  if (node.kind === Kind.ENUM_TYPE_DEFINITION) {
    return (node.values ?? []).map((value) => ({ ...member(value), type: '', named: '', arguments: '' }));
  }
  if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return (node.fields ?? []).map(field);
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION ? (node.fields ?? []).map(field) : [];
}

function field(node: FieldDefinitionNode | InputValueDefinitionNode): MemberEntry {
  const given = node.kind === Kind.FIELD_DEFINITION ? (node.arguments ?? []) : [];
  return {
    ...member(node),
    type: print(node.type),
    named: readType(node.type).graphType,
    arguments: given.map(({ name, type }) => `${name.value}: ${print(type)}`).join(', '),
  };
}

function member(
  node: Pick<FieldDefinitionNode, 'name' | 'description' | 'directives'>,
): Pick<MemberEntry, 'name' | 'about' | 'visibility'> {
  const level = argumentsOf(directiveOf(node, 'visibility'))['to'];
  return {
    name: node.name.value,
    about: told(node.description?.value ?? ''),
    visibility: typeof level === 'string' ? level : undefined,
  };
}
