/**
 * A graph as its text says it is: types with their fields, arguments, values and directives, extensions laid over their types.
 * The contracts' expansion and what an endpoint serves are read alike, so that one can be held against the other.
 * @see schema/PROTOCOL.md 9
 */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type SchemaExtensionNode,
  isTypeExtensionNode,
  print,
} from 'graphql';

/** One field, argument, input field or enum value. */
export interface ServedField {
  /** `[Deal!]!`; empty for enum values. */
  readonly type: string;
  /** Default of an argument or input field. */
  readonly fallback: string | undefined;
  readonly arguments: ReadonlyMap<string, ServedField>;
  /** As written: `@visibility(to: PUBLIC)`. */
  readonly directives: readonly string[];
}

/** One type. */
export interface ServedType {
  /** `object`, `input`, `enum` … */
  readonly kind: string;
  readonly fields: Map<string, ServedField>;
  readonly interfaces: Set<string>;
  readonly directives: Set<string>;
}

/** One graph. */
export interface Served {
  readonly types: ReadonlyMap<string, ServedType>;
  /** Directives of the schema itself: `@link(…)`. */
  readonly schema: readonly string[];
}

/** @returns What a document says. */
export function readServed({ definitions }: DocumentNode): Served {
  const types = new Map<string, ServedType>();
  for (const definition of definitions) {
    if (!isTyped(definition)) continue;
    const name = definition.name.value;
    const kind = definition.kind.replace(/Type(Definition|Extension)$/, '');
    const known = types.get(name) ?? { kind, fields: new Map(), interfaces: new Set(), directives: new Set() };
    types.set(name, known);
    for (const directive of definition.directives ?? []) known.directives.add(print(directive));
    if ('interfaces' in definition) for (const named of definition.interfaces ?? []) known.interfaces.add(named.name.value);
    for (const [field, served] of fieldsOf(definition)) known.fields.set(field, served);
  }
  return { types, schema: definitions.filter(isSchema).flatMap(({ directives }) => (directives ?? []).map((one) => print(one))) };
}

/** @returns The document with one `Query` of its own, as a schema can be built from it. */
export function withQuery({ kind, definitions }: DocumentNode): DocumentNode {
  const queries = definitions.filter(isQuery);
  const query: ObjectTypeDefinitionNode = {
    kind: Kind.OBJECT_TYPE_DEFINITION,
    name: { kind: Kind.NAME, value: 'Query' },
    fields: queries.flatMap(({ fields }) => fields ?? []),
  };
  return { kind, definitions: [...definitions.filter((node) => !isQuery(node)), query] };
}

/** @returns `true` where a type is known by its key only. */
export function isStub({ directives }: ServedType): boolean {
  return [...directives].some((directive) => directive.startsWith('@key') && directive.includes('resolvable: false'));
}

type Typed = Extract<DefinitionNode, { readonly fields?: unknown } | { readonly values?: unknown } | { readonly types?: unknown }> & {
  readonly name: { readonly value: string };
};

function isTyped(definition: DefinitionNode): definition is Typed {
  return (isTypeExtensionNode(definition) || definition.kind.endsWith('TypeDefinition')) && 'name' in definition;
}

function isSchema(definition: DefinitionNode): definition is SchemaExtensionNode {
  return definition.kind === Kind.SCHEMA_EXTENSION || definition.kind === Kind.SCHEMA_DEFINITION;
}

function isQuery(node: DefinitionNode): node is ObjectTypeDefinitionNode | ObjectTypeExtensionNode {
  const isObject = node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;
  return isObject && node.name.value === 'Query';
}

function fieldsOf(definition: Typed): readonly (readonly [string, ServedField])[] {
  if ('values' in definition) return (definition.values ?? []).map((value) => [value.name.value, leaf('', value.directives)]);
  if (!('fields' in definition)) return [];
  return (definition.fields ?? []).map((field) => {
    const inputs = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
    const given = field.kind === Kind.INPUT_VALUE_DEFINITION ? field.defaultValue : undefined;
    return [
      field.name.value,
      {
        ...leaf(print(field.type), field.directives),
        fallback: given === undefined ? undefined : print(given),
        arguments: new Map(
          inputs.map(({ name, type, defaultValue, directives }) => [
            name.value,
            { ...leaf(print(type), directives), fallback: defaultValue === undefined ? undefined : print(defaultValue) },
          ]),
        ),
      },
    ];
  });
}

function leaf(type: string, directives: readonly ConstDirectiveNode[] = []): ServedField {
  return { type, fallback: undefined, arguments: new Map(), directives: directives.map((directive) => print(directive)) };
}
