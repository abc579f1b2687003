/**
 * Generated subgraphs in this process: fields fail, are null where they may not be or of another type, some values are none that
 * clients see; and whole answers are faulty in all the ways that endpoints have.
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  execute,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  type TypeNode,
  visit,
} from 'graphql';

import { createHttpSource } from '../fetch/http-source.ts';
import { isObject } from '../fetch/reader.ts';
import type { FetchSource } from '../fetch/source.ts';
import { faultyAnswer } from './faulty-answer.ts';
import type { GeneratedSubgraph } from './generated-supergraph.ts';
import { drawField, itemOf, seedOf, type Thing, Wrong } from './generated-values.ts';
import { computed, requiredBy } from './required-values.ts';
import type { World } from './world.ts';

/** @returns A subgraph over data that follows from names. */
export function generatedSource({ name, typeDefs }: GeneratedSubgraph, world: World): FetchSource {
  const schema = withData(buildSubgraphSchema([{ typeDefs: world.isLax(name) ? withNulls(typeDefs) : typeDefs }]), world);
  return createHttpSource({
    name,
    report: () => {},
    endpoint: {
      async post({ body }) {
        const asked: unknown = JSON.parse(body);
        if (!isObject(asked) || !isObject(asked['variables'])) throw new TypeError('no question');
        const [document, variableValues] = [parse(String(asked['query'])), asked['variables']];
        const { data, errors = [] } = await execute({ schema, document, variableValues });
        const own: unknown = JSON.parse(JSON.stringify(data ?? null));
        const told = errors.flatMap(({ message, path = [], originalError }) => {
          if (originalError instanceof Wrong && putAt(own, path, originalError.value)) return [];
          return [{ message: `${name}: ${message}`, path, extensions: { code: 'SYSTEM_FAILED' } }];
        });
        return faultyAnswer(world.faultOf(name), { data: own, ...(told.length === 0 ? {} : { errors: told }) });
      },
    },
  });
}

/** @returns Whether there was a place for it. */
function putAt(data: unknown, path: readonly (string | number)[], value: unknown): boolean {
  const [step, ...rest] = path;
  if (step === undefined || !(isObject(data) || Array.isArray(data))) return false;
  if (rest.length > 0) return putAt(Reflect.get(data, step), rest, value);
  return Reflect.set(data, step, value);
}

/** A subgraph that does not keep to what it says of nulls. */
function withNulls(typeDefs: DocumentNode): DocumentNode {
  const lax = (type: TypeNode): TypeNode => {
    if (type.kind === Kind.NON_NULL_TYPE) return lax(type.type);
    return type.kind === Kind.LIST_TYPE ? { ...type, type: lax(type.type) } : type;
  };
  return visit(typeDefs, { FieldDefinition: (node) => ({ ...node, type: lax(node.type) }) });
}

function withData(schema: GraphQLSchema, world: World): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = ({ __typename }: Thing) => __typename;
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields())) if (!field.name.startsWith('_')) field.resolve = resolver(schema, world);
  }
  const entities = schema.getQueryType()?.getFields()['_entities'];
  if (entities !== undefined) {
    entities.resolve = (_, { representations }: { readonly representations: readonly Thing[] }) =>
      representations.map((representation) => entityOf(representation, schema));
  }
  return schema;
}

function entityOf(representation: Thing, schema: GraphQLSchema): Thing {
  const id = representation.id ?? String(representation['code']).slice(1);
  const found = isObjectType(schema.getType(representation.__typename ?? '')) ? {} : itemOf(id);
  return { ...representation, id, ...found, isTold: true };
}

function resolver(schema: GraphQLSchema, world: World): GraphQLFieldResolver<Thing | undefined, unknown> {
  const valueOf = (type: GraphQLOutputType | undefined, seed: string): unknown =>
    type === undefined ? null : drawField({ schema, type, seed }, world);
  return (source, given, ...[, { fieldName, returnType, parentType }]) => {
    if (fieldName === 'id') return source?.id;
    if (fieldName === 'code') return `c${source?.id}`;
    const required = requiredBy(fieldName);
    if (required === undefined) {
      const changing = parentType.name === 'Mutation' ? ` ${world.change(fieldName)}` : '';
      return valueOf(returnType, `${seedOf(source, fieldName, given)}${changing}`);
    }
    // What is required of another subgraph comes with the representation; what is provided is here.
    if (source?.['isTold'] === true) return required.compute(source[required.field]);
    return computed(required, {
      valueOf: () => valueOf(parentType.getFields()[required.field]?.type, seedOf(source, required.field, required.given)),
      textOf: (value) => valueOf(GraphQLString, seedOf(value, 'text', {})),
    });
  };
}
