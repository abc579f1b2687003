/**
 * The executable schema of any system, made from its contracts: no code knows a dataset by name.
 * @see design/architecture.md «Layout»
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ContractLaw, type Dataset, decodeRecordId, serveContracts } from '@hub/schema';
import type { GraphQLSchema } from 'graphql';

import type { SystemContext, TypedRow } from './context.ts';
import { recordByCode } from './record-by-code.ts';
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
      __resolveReference: (reference: Readonly<Record<string, unknown>>, context: SystemContext) => referred(dataset, reference, context),
    },
  ]);
  const byType = new Map(datasets.map((dataset) => [dataset.type, dataset]));
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
    Party: { entity: ({ entity }: PartyOf, _args: unknown, context: SystemContext) => companyOf(entity, byType, context) },
    Query: { ...roots, ...statistics },
    Record: { __resolveType: (row: TypedRow) => row.__typename },
  };
  return buildSubgraphSchema([{ typeDefs, resolvers }]);
}

/** A reference by id, or where a dataset has a business code, by that. */
function referred(dataset: Dataset, reference: Readonly<Record<string, unknown>>, context: SystemContext): Promise<TypedRow | undefined> {
  const code = dataset.byCode === undefined ? undefined : reference[dataset.byCode];
  const isByCode = reference['id'] === undefined && code !== undefined;
  return isByCode ? recordByCode(dataset, code, context) : recordById(dataset, reference['id'], context.byId);
}

interface PartyOf {
  readonly entity: { readonly __typename: string } | null;
}

/** Where this system holds the register the company is a record of it; elsewhere a reference to be followed. */
function companyOf(entity: PartyOf['entity'], byType: ReadonlyMap<string, Dataset>, context: SystemContext): unknown {
  const dataset = entity === null ? undefined : byType.get(entity.__typename);
  return entity === null || dataset === undefined ? entity : referred(dataset, { ...entity }, context);
}

/** @returns Graph type of the record an id stands for; undefined for what is no id. */
export function typeOfId(id: string): string | undefined {
  return decodeRecordId(id)?.type;
}
