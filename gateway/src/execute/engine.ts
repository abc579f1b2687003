/**
 * The engine behind Apollo Server's face: operations are planned once, compiled once, and run.
 * @see design/engine.md
 */
import type { GatewayInterface, GatewaySchemaLoadOrUpdateCallback } from '@apollo/server-gateway-interface';
import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';

import type { Call } from '../admit/call.ts';
import type { FetchSource } from '../fetch/source.ts';
import type { QueryPlanner, Subgraph } from '../plan/query-planner.ts';
import { compilePlan } from './compile-plan.ts';
import { type CompiledOperation, compileOperation } from './operation.ts';

export interface EngineOptions {
  readonly supergraphSdl: string;
  readonly openPlanner: (supergraphSdl: string) => QueryPlanner;
  /** What answers the fetches of a subgraph. @throws HubError CONFIG_INVALID when nothing can. */
  readonly open: (subgraph: Subgraph) => FetchSource;
}

/** Operations that are kept compiled. */
const maxCompiled = 2_000;

/** @returns What Apollo Server runs operations by; loading it fails when the supergraph is broken. */
export function createEngine({ supergraphSdl, openPlanner, open }: EngineOptions): GatewayInterface {
  const listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  const compiled = new LRUCache<string, CompiledOperation>({ max: maxCompiled });
  return {
    onSchemaLoadOrUpdate(callback) {
      listeners.add(callback);
      return () => void listeners.delete(callback);
    },
    async load() {
      const planner = openPlanner(supergraphSdl);
      const { apiSchema, supergraphSchema } = planner;
      const sources = new Map(planner.subgraphs.map((subgraph) => [subgraph.name, open(subgraph)]));
      for (const listener of listeners) listener({ apiSchema, coreSupergraphSdl: supergraphSdl });
      return {
        async executor({ queryHash, document, operation, request, context }) {
          const name = operation.name?.value;
          const key = `${queryHash} ${name ?? ''}`;
          let known = compiled.get(key);
          if (known === undefined) {
            const plan = planner.plan(document, name);
            const fetch = plan === undefined ? async () => {} : compilePlan(plan, { schema: supergraphSchema, sources });
            known = compileOperation({ apiSchema, document, operation, fetch });
            compiled.set(key, known);
          }
          const { data, errors, faults } = await known(request.variables ?? {}, callOf(context));
          const shown = errors.map((error) => (error instanceof GraphQLError ? error : new GraphQLError(error.message, error)));
          if (shown.length > 0) return { ...(data === undefined ? {} : { data }), errors: shown };
          if (faults.length === 0) return { data: data ?? null };
          return { data: data ?? null, extensions: { valueCompletion: faults.map(({ message, path }) => new GraphQLError(message, { path })) } };
        },
      };
    },
    async stop() {},
  };
}

function callOf(context: Readonly<Record<string, unknown>>): Call {
  // oxlint-disable-next-line no-unsafe-return -- the face's own context
  return context['call'] as Call;
}
