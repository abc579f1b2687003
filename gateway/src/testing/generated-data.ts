/**
 * Subgraphs in this process over data that follows from names alone, so that all of them say the same of one thing; some fields
 * fail, some are null where they may not be, some have values that clients do not see.
 */
import { createHash } from 'node:crypto';

import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  getNamedType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isUnionType,
  parse,
} from 'graphql';

import type { FetchSource } from '../fetch/source.ts';
import type { GeneratedSubgraph } from './generated-supergraph.ts';

/** @param faults - How many fields in a hundred fail; as many are null. */
export function generatedSource({ name, typeDefs }: GeneratedSubgraph, faults: number): FetchSource {
  const schema = withData(buildSubgraphSchema([{ typeDefs }]), faults);
  return {
    isOne: true,
    prepare({ query }) {
      const document = parse(query);
      return async ({ variables, representations }) => {
        const lists = representations.map(({ variable, texts }) => [variable, JSON.parse(`[${texts.join(',')}]`)] as const);
        const { data, errors = [] } = await execute({ schema, document, variableValues: { ...variables, ...Object.fromEntries(lists) } });
        const own: unknown = JSON.parse(JSON.stringify(data ?? null));
        return {
          data: isObject(own) ? own : null,
          errors: errors.map(({ message, path }) => ({
            message: `${name}: ${message}`,
            extensions: { code: 'SYSTEM_FAILED' },
            ...(path === undefined ? {} : { path }),
          })),
        };
      };
    },
  };
}

function withData(schema: GraphQLSchema, faults: number): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('_') || type.name === 'Any') continue;
    if (isInterfaceType(type) || isUnionType(type)) type.resolveType = ({ __typename }: Thing) => __typename;
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) if (!field.name.startsWith('_')) field.resolve = resolver(schema, faults);
    if (type.name !== 'Query' && type.name !== 'Value') {
      Object.assign(type, { resolveReference: (representation: Thing) => representation });
    }
  }
  return schema;
}

interface Thing {
  readonly __typename: string;
  readonly id: string;
  readonly [name: string]: unknown;
}

function resolver(schema: GraphQLSchema, faults: number): GraphQLFieldResolver<Thing | undefined, unknown> {
  return (source, given, ...[, { fieldName, returnType, parentType }]) => {
    if (fieldName === 'id') return source?.id;
    // What was required of another subgraph came with the representation.
    if (fieldName.endsWith('Computed')) {
      const [plain] = Object.entries(source ?? {}).filter(([name]) => name.endsWith('Plain'));
      return typeof plain?.[1] === 'number' ? plain[1] + 1 : null;
    }
    const asked = JSON.stringify([parentType.name, source?.id ?? '', fieldName, given]);
    const drawn = draw(asked, 200);
    if (drawn < faults) throw new Error('it broke');
    if (drawn < 2 * faults) return null;
    return valueOf(returnType, { schema, seed: asked });
  };
}

function valueOf(type: GraphQLOutputType, { schema, seed }: { readonly schema: GraphQLSchema; readonly seed: string }): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, { schema, seed });
  if (isListType(type)) {
    return Array.from({ length: draw(`${seed} length`, 4) }, (_, index) => valueOf(type.ofType, { schema, seed: `${seed} ${index}` }));
  }
  if (draw(`${seed} null`, 12) === 0) return null;
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[draw(seed, named.getValues().length)]?.value;
  if (isScalarType(named)) return scalars[named.name]?.(draw(seed, 1_000));
  const possible = isObjectType(named) ? [named] : schema.getPossibleTypes(named);
  const chosen = possible[draw(seed, possible.length)];
  return { __typename: chosen?.name, id: chosen?.name === 'Value' ? seed : String(draw(`${seed} id`, 5)) };
}

const scalars: Readonly<Record<string, (drawn: number) => unknown>> = {
  Int: (drawn) => drawn - 500,
  Float: (drawn) => drawn / 8,
  String: (drawn) => ['', '公共资源', `"${drawn}"\n`, '__proto__'][drawn % 4],
  Boolean: (drawn) => drawn % 2 === 0,
  ID: (drawn) => String(drawn),
  Any: (drawn) => [1, 'x', { b: [null, { __typename: 'Any' }], a: drawn }, [[]], true][drawn % 5],
};

/** @returns A number below `below` that follows from the text. */
function draw(text: string, below: number): number {
  return createHash('sha1').update(text).digest().readUInt32BE() % below;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
