/**
 * The executable schema of any system, made from its contracts: no code knows a dataset by name.
 * @see design/architecture.md «Layout»
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ContractLaw, decodeRecordId, serveContracts } from '@hub/schema';
import type { GraphQLSchema } from 'graphql';

import type { SystemContext, TypedRow } from './context.ts';
import { recordById } from './record-by-id.ts';
import { recordFieldResolvers } from './record-fields.ts';
import { rootResolvers } from './root-fields.ts';
import { scalars } from './scalars.ts';
import { resolveStatistics } from './statistics-fields.ts';

/** @returns One federation subgraph that serves all the contracts; systems of the same contracts share it. */
export function buildSystemSchema(contracts: readonly ContractLaw[]): GraphQLSchema {
  const typeDefs = serveContracts(contracts.map(({ served }) => served));
  const datasets = contracts.flatMap(({ contract }) => contract.datasets);
  const deal = datasets.find(({ type }) => type === 'Deal');
  const types = datasets.map((dataset): [string, unknown] => [
    dataset.type,
    {
      ...recordFieldResolvers(dataset),
      __resolveReference: ({ id }: { readonly id?: unknown }, { byId }: SystemContext) => recordById(dataset, id, byId),
    },
  ]);
  const roots = Object.fromEntries(datasets.flatMap((dataset) => Object.entries(rootResolvers(dataset))));
  const statistics =
    deal === undefined
      ? {}
      : {
          dealStatistics: (_: unknown, args: Parameters<typeof resolveStatistics>[1], context: SystemContext) =>
            resolveStatistics(deal, args, context),
        };
  const resolvers = {
    ...scalars,
    ...Object.fromEntries(types),
    Query: { ...roots, ...statistics },
    Record: { __resolveType: (row: TypedRow) => row.__typename },
  };
  return buildSubgraphSchema([{ typeDefs, resolvers }]);
}

/** @returns Graph type of the record an id stands for; undefined for what is no id. */
export function typeOfId(id: string): string | undefined {
  return decodeRecordId(id)?.type;
}
