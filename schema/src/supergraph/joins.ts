/**
 * What a supergraph says of its subgraphs: which of them knows a type by which keys, and what a field of theirs requires.
 * @see specs.apollo.dev/join/v0.5
 */
import { type ConstDirectiveNode, type GraphQLSchema, isInterfaceType, isObjectType, Kind, parse, type SelectionSetNode } from 'graphql';

/** A type in one subgraph, by one of its keys. */
export interface JoinedType {
  readonly type: string;
  /** As the supergraph's enum writes the subgraph. */
  readonly graph: string;
  /** Undefined: it has none there. */
  readonly key: string | undefined;
  /** Whether the subgraph finds an entity by it. */
  readonly isResolvable: boolean;
  /** The type is an interface, and the subgraph does not know what implements it. */
  readonly isInterfaceObject: boolean;
}

/** A field in one subgraph. */
export interface JoinedField {
  readonly type: string;
  readonly field: string;
  /** Undefined: wherever its type is. */
  readonly graph: string | undefined;
  readonly requires: string | undefined;
  /** Told to the subgraph, never asked of it. */
  readonly isExternal: boolean;
}

/** A supergraph's joins. */
export interface Joins {
  readonly types: readonly JoinedType[];
  readonly fields: readonly JoinedField[];
  /** Names of all that is no interface. */
  readonly objects: ReadonlySet<string>;
  /** Names of subgraphs, by how the supergraph's enum writes them. */
  readonly names: ReadonlyMap<string, string>;
}

/** @param schema - Whose nodes carry the supergraph's directives. */
export function joinsOf(schema: GraphQLSchema): Joins {
  const types: JoinedType[] = [];
  const fields: JoinedField[] = [];
  const objects = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    if (isObjectType(type)) objects.add(type.name);
    for (const node of applied(type.astNode, 'join__type')) {
      types.push({
        type: type.name,
        graph: text(node, 'graph') ?? '',
        key: text(node, 'key'),
        isResolvable: flag(node, 'resolvable') ?? true,
        isInterfaceObject: flag(node, 'isInterfaceObject') ?? false,
      });
    }
    for (const field of Object.values(type.getFields())) {
      for (const node of applied(field.astNode, 'join__field')) {
        const [graph, requires] = [text(node, 'graph'), text(node, 'requires')];
        fields.push({ type: type.name, field: field.name, graph, requires, isExternal: flag(node, 'external') ?? false });
      }
    }
  }
  return { types, fields, objects, names: namesOf(schema) };
}

/** @returns A set of fields, as a directive writes it, as a selection. */
export function fieldSet(fields: string): SelectionSetNode {
  const [node] = parse(`{${fields}}`, { noLocation: true }).definitions;
  if (node?.kind !== Kind.OPERATION_DEFINITION) throw new TypeError(`no fields: ${fields}`);
  return node.selectionSet;
}

function namesOf(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const graphs = schema.getType('join__Graph');
  const values = graphs !== undefined && 'getValues' in graphs ? graphs.getValues() : [];
  return new Map(values.map(({ name, astNode }) => [name, applied(astNode, 'join__graph').map((node) => text(node, 'name'))[0] ?? name]));
}

interface Marked {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

function applied(node: Marked | null | undefined, directive: string): readonly ConstDirectiveNode[] {
  return (node?.directives ?? []).filter(({ name }) => name.value === directive);
}

function text(node: ConstDirectiveNode, name: string): string | undefined {
  const value = given(node, name);
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

function flag(node: ConstDirectiveNode, name: string): boolean | undefined {
  const value = given(node, name);
  return value?.kind === Kind.BOOLEAN ? value.value : undefined;
}

function given(node: ConstDirectiveNode, name: string) {
  return node.arguments?.find((argument) => argument.name.value === name)?.value;
}
