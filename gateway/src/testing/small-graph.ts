/**
 * A supergraph of a few lines whose data is written beside it, for the one thing a test is about.
 */
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLFieldResolver, parse } from 'graphql';

import type { FetchSource } from '../fetch/source.ts';

/** A subgraph of a test. */
export interface SmallSubgraph {
  readonly sdl: string;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, GraphQLFieldResolver<Readonly<Record<string, unknown>>, unknown>>>>>;
}

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@shareable", "@interfaceObject", "@inaccessible"])';

/** @throws Error with what does not compose. */
export function composeSmall(subgraphs: Readonly<Record<string, string>>): string {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: `http://${name}.invalid/`, typeDefs: parse(link + sdl) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** @returns What answers each subgraph; entities are what their representations say. */
export function smallSources(subgraphs: Readonly<Record<string, SmallSubgraph>>): ReadonlyMap<string, FetchSource> {
  return new Map(Object.entries(subgraphs).map(([name, subgraph]) => [name, smallSource(subgraph)]));
}

function smallSource({ sdl, resolvers }: SmallSubgraph): FetchSource {
  const entity = { __resolveReference: (representation: object) => representation };
  const withEntities = Object.fromEntries(
    Object.entries(resolvers).map(([type, fields]) => [type, ['Query', 'Mutation'].includes(type) ? fields : { ...entity, ...fields }]),
  );
  const schema = buildSubgraphSchema([{ typeDefs: parse(link + sdl), resolvers: withEntities }]);
  return {
    isOne: true,
    prepare({ query }) {
      const document = parse(query);
      return async ({ variables, representations }) => {
        const lists = representations.map(({ variable, texts }) => [variable, JSON.parse(`[${texts.join(',')}]`)] as const);
        const { data, errors = [] } = await execute({ schema, document, variableValues: { ...variables, ...Object.fromEntries(lists) } });
        return {
          data: data === undefined || data === null ? null : { ...data },
          errors: errors.map(({ message, path = [] }) => ({ message, path, extensions: { code: 'SYSTEM_FAILED' } })),
        };
      };
    },
  };
}
