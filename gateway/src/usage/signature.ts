/**
 * The signature of an operation: what it asks for, without anything its caller chose. Literals, aliases, the names of operations,
 * fragments and variables, comments, order and white space are gone; what is left is written with the words of the schema alone.
 * Operations with one signature are one operation to whoever judges a change.
 * @see schema/PROTOCOL.md 12
 */
import { createHash } from 'node:crypto';

import {
  type ArgumentNode,
  type DirectiveNode,
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type TypeNode,
  type ValueNode,
} from 'graphql';

import type { Operation } from '../admit/operation.ts';

/** An operation that was admitted; its variables do not matter. */
export type Admitted = Omit<Operation, 'variables'>;

/** Longest signature; the rest of a longer one is cut. */
const maxLength = 20_000;

/** @returns One line: `query { notices(filter: $NoticeFilter, first: 0) { nodes { title } } }`. A variable is written by its type. */
export function signatureOf(operation: Admitted): string {
  const { schema, definition } = operation;
  const writer = new Writer(operation);
  const root = schema.getRootType(definition.operation) ?? undefined;
  const asked = `${definition.operation}${writer.directives(definition.directives)} ${writer.set(definition.selectionSet, root)}`;
  const text = [asked, ...writer.fragments].join(' ');
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}

class Writer {
  readonly #operation: Admitted;
  /** Types of variables by name. */
  readonly #variables: ReadonlyMap<string, string>;
  /** What fragments are called here, by the name their caller gave them. */
  readonly #names = new Map<string, string>();
  readonly #fragments = new Set<string>();

  constructor(operation: Admitted) {
    this.#operation = operation;
    const { variableDefinitions = [] } = operation.definition;
    this.#variables = new Map(variableDefinitions.map(({ variable, type }) => [variable.name.value, namedIn(type)]));
  }

  get fragments(): readonly string[] {
    return [...this.#fragments].toSorted();
  }

  set(set: SelectionSetNode, parent: GraphQLNamedType | undefined): string {
    return `{ ${[...new Set(set.selections.flatMap((node) => this.#selection(node, parent)))].toSorted().join(' ')} }`;
  }

  directives(nodes: readonly DirectiveNode[] = []): string {
    const texts = nodes.map(({ name, arguments: given }) => {
      const of = this.#operation.schema.getDirective(name.value);
      return ` @${name.value}${this.#arguments(given, of?.args ?? [])}`;
    });
    return texts.toSorted().join('');
  }

  #selection(node: SelectionNode, parent: GraphQLNamedType | undefined): readonly string[] {
    const { schema } = this.#operation;
    const directives = this.directives(node.directives);
    if (node.kind === Kind.FRAGMENT_SPREAD) return [`...${this.#fragment(node.name.value)}${directives}`];
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const condition = node.typeCondition?.name.value;
      // Groups nothing: as if its fields stood in its place.
      if (condition === undefined && directives === '') return node.selectionSet.selections.flatMap((one) => this.#selection(one, parent));
      const inner = this.set(node.selectionSet, condition === undefined ? parent : schema.getType(condition));
      return [`...${condition === undefined ? '' : ` on ${condition}`}${directives} ${inner}`];
    }
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    // GraphQL's own: nothing of this schema is used by it.
    if (field === undefined) return [`${node.name.value}${directives}`];
    const inner = node.selectionSet === undefined ? '' : ` ${this.set(node.selectionSet, getNamedType(field.type))}`;
    return [`${field.name}${this.#arguments(node.arguments, field.args)}${directives}${inner}`];
  }

  #fragment(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const fragment = this.#operation.fragments.get(name);
    if (fragment === undefined) return name;
    const type = fragment.typeCondition.name.value;
    const body = `on ${type}${this.directives(fragment.directives)} ${this.set(fragment.selectionSet, this.#operation.schema.getType(type))}`;
    const own = `F${createHash('sha256').update(body).digest('hex').slice(0, 12)}`;
    this.#names.set(name, own);
    this.#fragments.add(`fragment ${own} ${body}`);
    return own;
  }

  #arguments(nodes: readonly ArgumentNode[] = [], of: readonly GraphQLArgument[]): string {
    if (nodes.length === 0) return '';
    const texts = nodes.map(({ name, value }) => {
      const type = of.find((argument) => argument.name === name.value)?.type;
      return `${name.value}: ${this.#value(value, type)}`;
    });
    return `(${texts.toSorted().join(', ')})`;
  }

  #value(node: ValueNode, type: GraphQLInputType | undefined): string {
    if (type !== undefined && isNonNullType(type)) return this.#value(node, type.ofType);
    if (node.kind === Kind.VARIABLE) return `$${this.#variables.get(node.name.value) ?? ''}`;
    if (node.kind === Kind.NULL) return 'null';
    if (type !== undefined && isListType(type)) {
      const items = node.kind === Kind.LIST ? node.values : [node];
      return `[${[...new Set(items.map((item) => this.#value(item, type.ofType)))].toSorted().join(', ')}]`;
    }
    if (isInputObjectType(type) && node.kind === Kind.OBJECT) {
      const fields = type.getFields();
      return `{${node.fields
        .map(({ name, value }) => `${name.value}: ${this.#value(value, fields[name.value]?.type)}`)
        .toSorted()
        .join(', ')}}`;
    }
    if (isEnumType(type) && node.kind === Kind.ENUM) return node.value;
    return node.kind === Kind.INT || node.kind === Kind.FLOAT ? '0' : '""';
  }
}

function namedIn(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedIn(type.type);
}
