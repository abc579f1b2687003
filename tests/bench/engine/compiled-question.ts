/**
 * A question's text as functions: each says what of a thing was asked for, as text, and remembers it for each thing.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getOperationAST,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

import type { RootField, Thing } from './shops.ts';
import type { Things } from './things.ts';

/** Answers with these variables; nothing when it cannot. */
export type Compiled = (variables: Readonly<Record<string, unknown>>) => string | undefined;

/** What a question is compiled against. */
export interface Ground {
  readonly schema: GraphQLSchema;
  readonly things: Things;
  readonly roots: Readonly<Record<string, RootField>>;
  readonly operationName: string | undefined;
}

type Say = (thing: Thing) => string;
type Value = (variables: Readonly<Record<string, unknown>>) => unknown;

/** Thrown while compiling: graphql-js shall answer. */
class Unusual extends Error {}

/** @param document - Valid by the schema. @returns Nothing when graphql-js shall answer. */
export function compileQuestion(document: DocumentNode, ground: Ground): Compiled | undefined {
  const operation = getOperationAST(document, ground.operationName);
  const query = ground.schema.getQueryType();
  if (operation == null || query == null || operation.operation !== OperationTypeNode.QUERY) return undefined;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  try {
    const defaults: Names['defaults'] = Object.fromEntries(
      (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
        variable.name.value,
        defaultValue && valueOf(defaultValue, {}),
      ]),
    );
    const compiler = new Compiler(ground, { fragments, defaults });
    const fields = [...compiler.collect(query, [operation.selectionSet])].map(([key, nodes]) => compiler.root(query, key, nodes));
    return (variables) => {
      const pieces: string[] = [];
      for (const field of fields) {
        const said = field(variables);
        if (said === undefined) return undefined;
        pieces.push(said);
      }
      return `{"data":{${pieces.join(',')}}}`;
    };
  } catch (cause) {
    if (cause instanceof Unusual) return undefined;
    throw cause;
  }
}

interface Names {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly defaults: Readonly<Record<string, Value | undefined>>;
}

class Compiler {
  readonly #ground: Ground;
  readonly #names: Names;

  constructor(ground: Ground, names: Names) {
    this.#ground = ground;
    this.#names = names;
  }

  /** @returns The nodes of each key that are asked of a type. @throws Unusual where that depends on variables. */
  collect(type: GraphQLObjectType, sets: readonly SelectionSetNode[], into = new Map<string, FieldNode[]>()): Map<string, FieldNode[]> {
    for (const node of sets.flatMap(({ selections }) => selections)) {
      if ((node.directives ?? []).length > 0) throw new Unusual();
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const before = into.get(key);
        if (before === undefined) into.set(key, [node]);
        else before.push(node);
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.#names.fragments.get(node.name.value) : node;
      const condition = fragment?.typeCondition?.name.value ?? type.name;
      // `_Entity` is the one type here that is not of objects.
      if (fragment !== undefined && (condition === type.name || condition === '_Entity')) this.collect(type, [fragment.selectionSet], into);
    }
    return into;
  }

  /** @returns A field of the question itself, with its key. */
  root(
    query: GraphQLObjectType,
    key: string,
    nodes: readonly FieldNode[],
  ): (variables: Readonly<Record<string, unknown>>) => string | undefined {
    const [node] = nodes;
    const field = query.getFields()[node?.name.value ?? ''];
    if (node?.name.value === '__typename') return () => `"${key}":"Query"`;
    if (node === undefined || field === undefined || field.name === '_service') throw new Unusual();
    const args = field.args.map(({ name, defaultValue }) => {
      const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
      return [name, given === undefined ? () => defaultValue : valueOf(given, this.#names.defaults, defaultValue)] as const;
    });
    const say = this.#sayAny(nodes);
    const find = field.name === '_entities' ? this.#entities() : this.#rootThings(field.name);
    return (variables) => {
      const found = find(Object.fromEntries(args.map(([name, value]) => [name, value(variables)])));
      if (found === undefined) return undefined;
      let text = '';
      for (const thing of found) text += text === '' ? say(thing) : `,${say(thing)}`;
      return `"${key}":[${text}]`;
    };
  }

  #entities(): (args: Readonly<Record<string, unknown>>) => readonly (Thing | null)[] | undefined {
    const { things } = this.#ground;
    return ({ representations }) => {
      if (!Array.isArray(representations)) return undefined;
      const found: (Thing | null)[] = [];
      for (const said of representations) {
        const thing = things.represented(said);
        if (thing === undefined) return undefined;
        found.push(thing);
      }
      return found;
    };
  }

  #rootThings(name: string): (args: Readonly<Record<string, unknown>>) => readonly Thing[] | undefined {
    const answer = this.#ground.roots[name];
    if (answer === undefined) throw new Unusual();
    return (args) => (areInts(args) ? answer(args) : undefined);
  }

  #sayAny(nodes: readonly FieldNode[]): (thing: Thing | null) => string {
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const sayings = new Map<string, Say>();
    for (const type of Object.values(this.#ground.schema.getTypeMap())) {
      if (isObjectType(type) && /^(?:User|Product|Review)$/.test(type.name)) sayings.set(type.name, this.#sayObject(type, sets));
    }
    return (thing) => (thing === null ? 'null' : (sayings.get(thing.__typename)?.(thing) ?? 'null'));
  }

  #sayObject(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Say {
    const fields = [...this.collect(type, sets)].map(([key, nodes]) => this.#sayField(type, key, nodes));
    const kept = new Map<Thing, string>();
    return (thing) => {
      const said = kept.get(thing);
      if (said !== undefined) return said;
      // One flat text: what is pieced together would be kept as its pieces.
      const text = Buffer.from(`{${fields.map((say) => say(thing)).join(',')}}`).toString();
      kept.set(thing, text);
      return text;
    };
  }

  #sayField(type: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): Say {
    const name = nodes[0]?.name.value ?? '';
    if (name === '__typename') return () => `"${key}":"${type.name}"`;
    const field: GraphQLField<unknown, unknown> | undefined = type.getFields()[name];
    if (field === undefined || field.args.length > 0) throw new Unusual();
    const named = getNamedType(field.type);
    if (isLeafType(named)) return (thing) => `"${key}":${JSON.stringify(thing[name])}`;
    if (!isObjectType(named)) throw new Unusual();
    const say = this.#sayObject(
      named,
      nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    );
    const isMany = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    return (thing) => {
      const value = thing[name];
      if (isMany && Array.isArray(value)) return `"${key}":[${value.map((one: unknown) => (isThing(one) ? say(one) : 'null')).join(',')}]`;
      return `"${key}":${isThing(value) ? say(value) : 'null'}`;
    };
  }
}

function valueOf(node: ValueNode, defaults: Names['defaults'], otherwise?: unknown): Value {
  switch (node.kind) {
    case Kind.VARIABLE: {
      const { value: name } = node.name;
      const byDefault = defaults[name];
      return (variables) =>
        variables[name] === undefined ? (byDefault === undefined ? otherwise : byDefault(variables)) : variables[name];
    }
    case Kind.INT:
      return () => Number(node.value);
    case Kind.STRING:
      return () => node.value;
    case Kind.LIST: {
      const values = node.values.map((value) => valueOf(value, defaults));
      return (variables) => values.map((value) => value(variables));
    }
    case Kind.OBJECT: {
      const fields = node.fields.map(({ name, value }) => [name.value, valueOf(value, defaults)] as const);
      return (variables) => Object.fromEntries(fields.map(([name, value]) => [name, value(variables)]));
    }
    case Kind.FLOAT:
    case Kind.BOOLEAN:
    case Kind.NULL:
    case Kind.ENUM:
      throw new Unusual();
  }
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && '__typename' in value;
}

function areInts(args: Readonly<Record<string, unknown>>): args is Readonly<Record<string, number>> {
  return Object.values(args).every((value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31);
}
