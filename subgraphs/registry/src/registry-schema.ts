/**
 * The registry as a subgraph: it owns `System` and answers `systems`.
 * @see schema/contracts/registry.graphql
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { scalars } from '@hub/kit';
import { type CodeLists, type ContractLaw, HubError, law, serveContracts } from '@hub/schema';
import type { GraphQLSchema } from 'graphql';

import { type RegisteredSystem, systemEntity } from './store/entities.ts';
import { healthOf, lastContactOf, type SystemFacts } from './system-facts.ts';
import type { RegistryStore } from './store/open-store.ts';
import { mostTold, type SystemRecords } from './system-record.ts';

/** What the registry's resolvers know. */
export interface RegistryContext {
  readonly store: RegistryStore;
  readonly codes: CodeLists;
  /** What is told of systems besides their rows; read once for a request, when it is asked for. */
  readonly facts: () => Promise<SystemFacts>;
  /** What is told of their past. */
  readonly records: SystemRecords;
}

/** @returns The executable schema. @throws HubError CONTRACT_INVALID when the law has no registry contract. */
export function buildRegistrySchema(): GraphQLSchema {
  const contract = registryContract();
  const resolvers = {
    ...scalars,
    Query: {
      systems: (_: unknown, _args: unknown, { store }: RegistryContext) => allSystems(store),
      system: (_: unknown, { code }: { readonly code: string }, { store }: RegistryContext) => find(store, code),
    },
    System: {
      __resolveReference: ({ code }: { readonly code: string }, { store }: RegistryContext) => find(store, code),
      onboarding: async (row: RegisteredSystem, _args: unknown, { facts }: RegistryContext) => (await facts()).onboarding.get(row.code),
      health: async ({ code }: RegisteredSystem, _args: unknown, { facts }: RegistryContext) => healthOf(await facts(), code),
      lastContactAt: async ({ code }: RegisteredSystem, _args: unknown, { facts }: RegistryContext) => lastContactOf(await facts(), code),
      versionPublishedAt: async ({ code, version }: RegisteredSystem, _args: unknown, { records }: RegistryContext) =>
        (await records.versions()).get(code)?.find(({ number }) => number === version)?.publishedAt,
      versions: async ({ code, version }: RegisteredSystem, _args: unknown, { records }: RegistryContext) =>
        ((await records.versions()).get(code) ?? []).slice(0, mostTold).map((told) => ({ ...told, current: told.number === version })),
      check: async ({ code }: RegisteredSystem, _args: unknown, { records }: RegistryContext) => (await records.check()).get(code),
      checks: async ({ code }: RegisteredSystem, _args: unknown, { records }: RegistryContext) => (await records.checks()).get(code) ?? [],
      events: async ({ code }: RegisteredSystem, _args: unknown, { records }: RegistryContext) => (await records.events()).get(code) ?? [],
      keyValidUntil: async ({ code }: RegisteredSystem, _args: unknown, { records }: RegistryContext) =>
        (await records.keyValidUntil()).get(code),
      endpointHost: ({ endpoint }: RegisteredSystem) => (endpoint === null ? null : new URL(endpoint).host),
      region: ({ region }: RegisteredSystem, _args: unknown, { codes }: RegistryContext) => ({
        code: region,
        name: codes.label('REGION', region) ?? null,
      }),
    },
  };
  return buildSubgraphSchema([{ typeDefs: serveContracts([contract.served]), resolvers }]);
}

/** @returns All systems, by code. */
export function allSystems(store: RegistryStore): Promise<readonly RegisteredSystem[]> {
  return store.read((em) => em.find(systemEntity, {}, { orderBy: { code: 'asc' } }));
}

async function find(store: RegistryStore, code: string): Promise<RegisteredSystem | undefined> {
  const systems = await allSystems(store);
  return systems.find((system) => system.code === code);
}

function registryContract(): ContractLaw {
  const found = law().contracts.find(({ contract }) => contract.name === 'registry');
  if (found === undefined) {
    throw new HubError('CONTRACT_INVALID', { zh: '缺少 registry 契约。', en: 'The contract «registry» is missing.' });
  }
  return found;
}
