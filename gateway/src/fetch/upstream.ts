/**
 * The operation a system is sent: prepared once, filled with variables per request. Arguments of the root field travel as
 * variables of the hub's own; variables the client uses further down keep their names.
 * @see design/engine.md «Compile once per operation»
 */
import {
  getNamedType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  Kind,
  print,
  type SelectionNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

import { setOf, typenameField } from './selection.ts';

/** An operation with slots for variables. */
export interface Upstream {
  /** @param own - Values of the root field's arguments. @param client - The client's coerced variables. */
  body(own: Readonly<Record<string, unknown>>, client: Readonly<Record<string, unknown>>): string;
}

/** As `Upstream`, of entities. */
export interface EntitiesUpstream {
  /** @param texts - JSON of each representation. @param client - The client's coerced variables. */
  body(texts: readonly string[], client: Readonly<Record<string, unknown>>): string;
}

/** What the client's fetch declares. */
export interface Declared {
  readonly schema: GraphQLSchema;
  readonly variables: readonly VariableDefinitionNode[];
}

/** The name under which a root field's answer comes back. */
export const rootAlias = 'root';

/** @returns An operation that asks one root field, all its arguments from slots. */
export function prepareField(field: GraphQLField<unknown, unknown>, selections: readonly SelectionNode[], declared: Declared): Upstream {
  const prefix = freePrefix(declared);
  const own = field.args.map(({ name, type }) => ({ name, slot: `${prefix}${name}`, type: String(type) }));
  const args = own.length === 0 ? '' : `(${own.map(({ name, slot }) => `${name}: $${slot}`).join(', ')})`;
  const prepared = withTypenames(declared.schema, getNamedType(field.type).name, selections);
  const text = `${rootAlias}: ${field.name}${args}${prepared.length === 0 ? '' : ` ${print(setOf(prepared))}`}`;
  const { head, names } = prepare({ text, own, used: usedVariables(prepared, declared) });
  return {
    body(values, client) {
      const variables: Record<string, unknown> = {};
      for (const { name, slot } of own) variables[slot] = values[name] ?? null;
      return `${head}${JSON.stringify(pick(variables, names, client))}}`;
    },
  };
}

/** @returns An operation that asks for entities by representation. */
export function prepareEntities(selections: readonly SelectionNode[], declared: Declared): EntitiesUpstream {
  const slot = `${freePrefix(declared)}representations`;
  const own = [{ slot, type: '[_Any!]!' }];
  const prepared = [typenameField, ...withTypenames(declared.schema, undefined, selections)];
  const text = `${rootAlias}: _entities(representations: $${slot}) ${print(setOf(prepared))}`;
  const { head, names } = prepare({ text, own, used: usedVariables(prepared, declared) });
  return {
    body(texts, client) {
      const others = names.length === 0 ? '' : JSON.stringify(pick({}, names, client)).slice(1, -1);
      return `${head}{"${slot}":[${texts.join(',')}]${others === '' ? '' : `,${others}`}}}`;
    },
  };
}

interface Unprepared {
  readonly text: string;
  readonly own: readonly { readonly slot: string; readonly type: string }[];
  readonly used: readonly VariableDefinitionNode[];
}

/** All but the variables is written once. */
function prepare({ text, own, used }: Unprepared): { readonly head: string; readonly names: readonly string[] } {
  const definitions = [
    ...own.map(({ slot, type }) => `$${slot}: ${type}`),
    ...used.map(({ variable, type }) => `$${variable.name.value}: ${print(type)}`),
  ];
  const query = `query${definitions.length === 0 ? '' : `(${definitions.join(', ')})`} { ${text} }`;
  return { head: `{"query":${JSON.stringify(query)},"variables":`, names: used.map(({ variable }) => variable.name.value) };
}

/** Adds to the variables those of the client's that it gave. */
function pick(
  variables: Record<string, unknown>,
  names: readonly string[],
  client: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  for (const name of names) if (client[name] !== undefined) variables[name] = client[name];
  return variables;
}

function usedVariables(selections: readonly SelectionNode[], { variables }: Declared): readonly VariableDefinitionNode[] {
  const names = new Set<string>();
  visit(setOf(selections), { Variable: ({ name }) => void names.add(name.value) });
  return variables.filter(({ variable }) => names.has(variable.name.value));
}

function freePrefix({ variables }: Declared): string {
  let prefix = 'hub_';
  while (variables.some(({ variable }) => variable.name.value.startsWith(prefix))) prefix = `_${prefix}`;
  return prefix;
}

/** Where a value may be of several types its type is asked too: without it the answer cannot be read. */
function withTypenames(schema: GraphQLSchema, parent: string | undefined, selections: readonly SelectionNode[]): readonly SelectionNode[] {
  const type = parent === undefined ? undefined : schema.getType(parent);
  const inner = selections.map((node): SelectionNode => {
    if (node.kind === Kind.FRAGMENT_SPREAD || node.selectionSet === undefined) return node;
    const next = node.kind === Kind.INLINE_FRAGMENT ? (node.typeCondition?.name.value ?? parent) : fieldType(type, node.name.value);
    return { ...node, selectionSet: setOf(withTypenames(schema, next, node.selectionSet.selections)) };
  });
  return isAbstractType(type) ? [typenameField, ...inner] : inner;
}

function fieldType(type: unknown, field: string): string | undefined {
  const found = isFieldsType(type) ? type.getFields()[field] : undefined;
  return found === undefined ? undefined : getNamedType(found.type).name;
}

function isFieldsType(type: unknown): type is { getFields(): Record<string, GraphQLField<unknown, unknown>> } {
  return isCompositeType(type) && 'getFields' in type;
}
