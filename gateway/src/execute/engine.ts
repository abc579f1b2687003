/**
 * The engine behind Apollo Server's face: operations are planned once, compiled once, and run.
 * @see design/engine.md
 */
import type { GatewayGraphQLRequestContext, GatewayInterface, GatewaySchemaLoadOrUpdateCallback } from '@apollo/server-gateway-interface';
import { joinsOf } from '@hub/schema';
import { getOperationAST, GraphQLError, type GraphQLSchema, OperationTypeNode, print } from 'graphql';
import { LRUCache } from 'lru-cache';

import type { Call } from '../admit/call.ts';
import type { FetchSource } from '../fetch/source.ts';
import { checkPlan } from '../plan/check-plan.ts';
import type { OpenPlanner } from '../plan/open-planner.ts';
import type { Subgraph } from '../plan/query-planner.ts';
import { separateKeys, toldFieldsOf } from '../plan/separate-keys.ts';
import { compilePlan } from './compile-plan.ts';
import { type CompiledOperation, compileOperation } from './operation.ts';
import { shareInFlight } from './share.ts';

export interface EngineOptions {
  readonly supergraphSdl: string;
  /** The supergraph, with what clients do not see. */
  readonly schema: GraphQLSchema;
  readonly openPlanner: (supergraphSdl: string) => Promise<OpenPlanner>;
  /** What answers the fetches of a subgraph. @throws HubError CONFIG_INVALID when nothing can. */
  readonly open: (subgraph: Subgraph) => FetchSource;
  /** Runs of an operation before its answers are projected by generated code; both ways answer the same. */
  readonly runsBeforeCode?: number;
}

type Asked = Pick<GatewayGraphQLRequestContext, 'source' | 'document' | 'operation'>;

/** Operations that are kept compiled. */
const maxCompiled = 2_000;

/** @returns What Apollo Server runs operations by; loading it fails when the supergraph is broken. */
export function createEngine({ supergraphSdl, schema, openPlanner, open, runsBeforeCode }: EngineOptions): GatewayInterface {
  const listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  // Whoever asks for what is being compiled waits for the same.
  const compiled = new LRUCache<string, Promise<CompiledOperation>>({ max: maxCompiled });
  let planner: OpenPlanner | undefined;
  return {
    onSchemaLoadOrUpdate(callback) {
      listeners.add(callback);
      return () => void listeners.delete(callback);
    },
    async load() {
      const opened = await openPlanner(supergraphSdl);
      planner = opened;
      const { apiSchema } = opened;
      const sources = await sourcesOf(opened, open);
      const joins = joinsOf(schema);
      const told = toldFieldsOf(joins);
      for (const listener of listeners) listener({ apiSchema, coreSupergraphSdl: supergraphSdl });
      const compile = async ({ source, document, operation }: Asked): Promise<CompiledOperation> => {
        const separated = separateKeys(document, told);
        const name = operation.name?.value;
        const plan = await opened.plan(separated === undefined ? source : print(separated.document), name);
        checkPlan(plan, (separated && getOperationAST(separated.document, name)) ?? operation, joins);
        const fetch = plan === undefined ? async () => {} : compilePlan(plan, { schema, sources });
        const run = compileOperation({ apiSchema, document, operation, fetch, runsBeforeCode, keys: separated?.keys });
        return operation.operation === OperationTypeNode.QUERY ? shareInFlight(run) : run;
      };
      const compiledOf = (key: string, asked: Asked): Promise<CompiledOperation> => {
        const known = compiled.get(key);
        if (known !== undefined) return known;
        const begun = compile(asked);
        compiled.set(key, begun);
        begun.catch(() => compiled.delete(key));
        return begun;
      };
      return {
        async executor({ queryHash, source, document, operation, request, context }) {
          const run = await compiledOf(`${queryHash} ${operation.name?.value ?? ''}`, { source, document, operation });
          const { data, errors, faults, written } = await run(request.variables ?? {}, callOf(context));
          const shown = errors.map((error) => (error instanceof GraphQLError ? error : new GraphQLError(error.message, error)));
          if (shown.length > 0) return { ...(data === undefined ? {} : { data }), errors: shown };
          if (faults.length === 0) return { data: data ?? null, extensions: { written } };
          return {
            data: data ?? null,
            extensions: { valueCompletion: faults.map(({ message, path }) => new GraphQLError(message, { path })) },
          };
        },
      };
    },
    async stop() {
      await planner?.[Symbol.asyncDispose]();
    },
  };
}

async function sourcesOf(planner: OpenPlanner, open: EngineOptions['open']): Promise<ReadonlyMap<string, FetchSource>> {
  try {
    return new Map(planner.subgraphs.map((subgraph) => [subgraph.name, open(subgraph)]));
  } catch (cause) {
    await planner[Symbol.asyncDispose]();
    throw cause;
  }
}

function callOf(context: GatewayGraphQLRequestContext['context']): Call {
  // oxlint-disable-next-line no-unsafe-assignment -- the face's own context
  const call: Call = context['call'];
  return call;
}
