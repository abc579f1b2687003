/**
 * An SDL as a flat list of what it defines: types, fields, arguments, values, each with its name, so that two texts are compared
 * element by element in linear time, whatever cycles there are.
 * @see design/style.md «Functions»
 */
import {
  type ASTNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  print,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';

/** What an element is. */
export type ElementKind = 'TYPE' | 'FIELD' | 'ARGUMENT' | 'VALUE';

/** One thing that an SDL defines. */
export interface Element {
  /** `TenderProject`, `TenderProject.name`, `Query.notices(first:)`, `SystemState.PUBLISHED`. */
  readonly name: string;
  readonly kind: ElementKind;
  /** Name of the element it stands in; undefined for a type. */
  readonly parent: string | undefined;
  /** Of a type: `object`, `input` …; of a field or argument: its type as written. */
  readonly type: string;
  /** Interfaces of a type, members of a union. */
  readonly among: readonly string[];
  /** Default value as written. */
  readonly initial: string | undefined;
  /** An input field or argument that whoever asks must give. */
  readonly required: boolean;
  /** Directives by name, each with its arguments as written, in the order of their names. */
  readonly directives: ReadonlyMap<string, readonly string[]>;
  /** A type of another contract, known here by its key alone. */
  readonly stub: boolean;
  /** Where it stands first. */
  readonly node: ASTNode | undefined;
}

/** What every federation subgraph has and no contract speaks of. */
const federation = /^(_|federation__|link__|FieldSet$)/;

type TypeNode = TypeDefinitionNode | TypeExtensionNode;

/** @returns All elements by name; a type and its extensions are one. */
export function elementsOf({ definitions }: DocumentNode): ReadonlyMap<string, Element> {
  const elements = new Map<string, Element>();
  const types = definitions.filter((definition) => isType(definition)).filter(({ name }) => !federation.test(name.value));
  for (const [name, nodes] of Map.groupBy(types, ({ name: { value } }) => value)) {
    elements.set(name, typeElement(name, nodes));
    for (const part of nodes.flatMap(partsOf)) if (!federation.test(part.name.split('.')[1] ?? '')) elements.set(part.name, part);
  }
  return elements;
}

function isType(node: DefinitionNode): node is TypeNode {
  return isTypeDefinitionNode(node) || isTypeExtensionNode(node);
}

const kinds: Readonly<Record<string, string>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'object',
  [Kind.OBJECT_TYPE_EXTENSION]: 'object',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'interface',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'input',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.ENUM_TYPE_EXTENSION]: 'enum',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.UNION_TYPE_EXTENSION]: 'union',
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
  [Kind.SCALAR_TYPE_EXTENSION]: 'scalar',
};

/** A type and its extensions together: one by one, thousands of extensions would be copied thousands of times. */
function typeElement(name: string, nodes: readonly TypeNode[]): Element {
  const interfaces = nodes.flatMap((node) => ('interfaces' in node ? (node.interfaces ?? []) : []));
  const members = nodes.flatMap((node) => ('types' in node ? (node.types ?? []) : []));
  const among = [...interfaces, ...members].map((named) => named.name.value).toSorted();
  const directives = directivesOf(nodes.flatMap((node) => node.directives ?? []));
  const stub = directives.get('key')?.some((written) => written.includes('resolvable: false')) ?? false;
  const [node] = nodes;
  const type = kinds[node?.kind ?? ''] ?? '';
  return { ...plain, name, kind: 'TYPE', parent: undefined, type, among, directives, stub, node };
}

const plain = { among: [], initial: undefined, required: false, stub: false } as const;

function partsOf(node: TypeNode): readonly Element[] {
  const parent = node.name.value;
  if ('values' in node && node.values !== undefined) {
    return node.values.map((value) => {
      const directives = directivesOf(value.directives);
      return { ...plain, name: `${parent}.${value.name.value}`, kind: 'VALUE', parent, type: '', directives, node: value };
    });
  }
  if (!('fields' in node) || node.fields === undefined) return [];
  return node.fields.flatMap((field): readonly Element[] => {
    if (field.kind === Kind.INPUT_VALUE_DEFINITION)
      return [inputElement(field, { name: `${parent}.${field.name.value}`, kind: 'FIELD', parent })];
    const name = `${parent}.${field.name.value}`;
    const directives = directivesOf(field.directives);
    const own: Element = { ...plain, name, kind: 'FIELD', parent, type: print(field.type), directives, node: field };
    const given = (field.arguments ?? []).map((argument) =>
      inputElement(argument, { name: `${name}(${argument.name.value}:)`, kind: 'ARGUMENT', parent: name }),
    );
    return [own, ...given];
  });
}

function inputElement(node: InputValueDefinitionNode, place: Pick<Element, 'name' | 'kind' | 'parent'>): Element {
  const initial = node.defaultValue === undefined ? undefined : print(node.defaultValue);
  const required = node.type.kind === Kind.NON_NULL_TYPE && initial === undefined;
  return { ...plain, ...place, type: print(node.type), initial, required, directives: directivesOf(node.directives), node };
}

function directivesOf(nodes: readonly ConstDirectiveNode[] = []): ReadonlyMap<string, readonly string[]> {
  const written = nodes.map(({ name, arguments: given = [] }) => ({
    own: name.value.replace(/^federation__/, ''),
    text: given
      .map(({ name: argument, value }) => `${argument.value}: ${print(value)}`)
      .toSorted()
      .join(', '),
  }));
  return new Map([...Map.groupBy(written, ({ own }) => own)].map(([own, uses]) => [own, uses.map(({ text }) => text).toSorted()] as const));
}
