/**
 * What an operation must give by the specification alone: what clients see, executed as one schema over the same data.
 * @see GraphQL, October 2021, 6 «Execution»
 */
import { execute, type GraphQLFieldResolver, type GraphQLSchema, isAbstractType, isObjectType, parse } from 'graphql';

import type { RunOperation } from './both-engines.ts';
import type { GeneratedSupergraph } from './generated-supergraph.ts';
import { drawField, seedOf, type Thing } from './generated-values.ts';
import { computed, requiredBy } from './required-values.ts';
import type { World } from './world.ts';
import { buildSubgraphSchema } from '@apollo/subgraph';

/** @returns What runs operations where nothing but single fields fails. */
export function openOracle(apiSchema: GraphQLSchema, { subgraphs }: GeneratedSupergraph, world: World): RunOperation {
  const schemas = new Map(subgraphs.map(({ name, typeDefs }) => [name, buildSubgraphSchema([{ typeDefs }])]));
  for (const type of Object.values(apiSchema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = ({ __typename }: Thing) => __typename;
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) field.resolve = resolver(schemas, world);
  }
  return async (query, variableValues) => {
    const { data, errors } = await execute({ schema: apiSchema, document: parse(query), variableValues: { ...variableValues } });
    // Without the fields' prototypes.
    return { data, errors: errors?.map((error) => error.toJSON()) };
  };
}

function resolver(schemas: ReadonlyMap<string, GraphQLSchema>, world: World): GraphQLFieldResolver<Thing | undefined, unknown> {
  return (source, given, ...[, { fieldName, parentType }]) => {
    if (fieldName === 'id') return source?.id;
    if (fieldName === 'code') return `c${source?.id}`;
    const valueOf = (name: string, arguments_: unknown): unknown => {
      const found = ownerOf(name, parentType.name);
      const changing = parentType.name === 'Mutation' ? ` ${world.change(name)}` : '';
      return drawField({ ...found, seed: `${seedOf(source, name, arguments_)}${changing}` }, world);
    };
    const required = requiredBy(fieldName);
    if (required === undefined) return valueOf(fieldName, given);
    return computed(required, { valueOf: () => valueOf(required.field, required.given), textOf });
  };

  function textOf(value: Thing): unknown {
    return drawField({ ...ownerOf('text', 'Value'), seed: seedOf(value, 'text', {}) }, world);
  }

  /** The field where it comes from: there it has the types that may come. */
  function ownerOf(field: string, parent: string) {
    const named = schemas.get(field.slice(0, 1));
    for (const schema of named === undefined ? schemas.values() : [named]) {
      for (const name of [parent, 'Item']) {
        const type = schema.getType(name);
        const found = isObjectType(type) ? type.getFields()[field] : undefined;
        if (found !== undefined) return { schema, type: found.type };
      }
    }
    throw new TypeError(`nobody has ${parent}.${field}`);
  }
}
