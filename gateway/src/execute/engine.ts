/**
 * The engine behind Apollo Server's face: operations are planned once, compiled once, and run.
 * @see design/engine.md
 */
import { setImmediate as turn } from 'node:timers/promises';

import type { GatewayGraphQLRequestContext, GatewayInterface, GatewaySchemaLoadOrUpdateCallback } from '@apollo/server-gateway-interface';
import type { Joins } from '@hub/schema';
import { getOperationAST, GraphQLError, type GraphQLSchema, OperationTypeNode, print } from 'graphql';

import type { Call } from '../admit/call.ts';
import type { FetchSource } from '../fetch/source.ts';
import type { OpenPlanner } from '../plan/open-planner.ts';
import type { Subgraph } from '../plan/query-planner.ts';
import { type AskedOperation, type Compile, CompiledOperations, type KnownOperation } from './compiled-operations.ts';
import { type InParts, openInParts, type RunInParts } from './defer.ts';
import { withoutDefer } from './defer-document.ts';
import type { Documents } from './documents.ts';
import { Gate } from './gate.ts';
import { type CompiledOperation, compileOperation, type Executed } from './operation.ts';
import { createPlanning, type Planning } from './plan-operation.ts';
import { shareInFlight } from './share.ts';

export interface EngineOptions {
  readonly supergraphSdl: string;
  /** The supergraph, with what clients do not see. */
  readonly schema: GraphQLSchema;
  /** Of that schema. */
  readonly joins: Joins;
  /** Where Apollo Server finds parsed documents. */
  readonly documents: Documents;
  readonly openPlanner: (supergraphSdl: string) => Promise<OpenPlanner>;
  /** What answers the fetches of a subgraph. @throws HubError CONFIG_INVALID when nothing can. */
  readonly open: (subgraph: Subgraph) => FetchSource;
  /** How often it has changed which systems are asked. */
  readonly routings: () => number;
  /** Runs of an operation before its answers are projected by generated code; both ways answer the same. */
  readonly runsBeforeCode?: number;
}

/** With what an operation is run. */
interface Given {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly call: Call;
}

/** What Apollo Server runs operations by, and what the next supergraph may want to know of them. */
export interface Engine extends GatewayInterface {
  /** Runs a valid operation, as Apollo Server does through `executor`. @param digest - Of the document's text. */
  run(digest: string, asked: AskedOperation, given: Given): Promise<Executed>;
  readonly inParts: RunOperationInParts;
  /** @returns What is asked most lately, the most asked first. */
  mostUsed(count: number): readonly KnownOperation[];
  /** Makes an operation ready before it is asked for. @returns false when the supergraph does not allow it. */
  prepare(known: KnownOperation): Promise<boolean>;
  stop(): Promise<void>;
}

/** @returns undefined: it is to be run at once, for nothing is put off, or nothing can be. @throws what keeps it from being run at all. */
export type RunOperationInParts = (digest: string, asked: AskedOperation, given: Given) => Promise<InParts | undefined>;

/** An operation in both ways. */
interface Compiled {
  readonly atOnce: CompiledOperation;
  /** Undefined: without `@defer`. */
  readonly inParts: RunInParts | undefined;
}

interface Loaded {
  readonly planner: OpenPlanner;
  readonly plan: Planning;
}

/** @returns An engine; loading it fails when the supergraph is broken. */
export function createEngine(options: EngineOptions): Engine {
  const { supergraphSdl, schema, joins, documents, open, routings, runsBeforeCode } = options;
  const listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  const compiled = new CompiledOperations<Compiled>((asked, grow) => compile(asked, grow));
  const gate = new Gate();
  let mutations = 0;
  let loaded: Loaded | undefined;
  const theLoaded = (): Loaded => {
    if (loaded === undefined) throw new TypeError('the engine is not loaded');
    return loaded;
  };
  const compile: Compile<Compiled> = async ({ source, document, operation }, grow) => {
    const { planner, plan } = theLoaded();
    const { apiSchema } = planner;
    // Whoever does not take parts gets them all at once.
    const whole = source.includes('defer') ? withoutDefer(document) : document;
    const text = whole === document ? source : print(whole);
    const planned = await plan.atOnce({ source: text, document: whole, operationName: operation.name?.value }, grow);
    // What the answer is made by is as long as what was asked, once for each way the conditions fall.
    const onMore = (): void => grow(source.length);
    const run = gate.through(compileOperation({ apiSchema, document, operation, runsBeforeCode, ...planned, onMore }));
    if (operation.operation !== OperationTypeNode.QUERY)
      return { atOnce: (variables, call) => run(variables, call).finally(() => mutations++), inParts: undefined };
    return {
      atOnce: shareInFlight(run, () => mutations + routings()),
      inParts: whole === document ? undefined : openInParts({ apiSchema, document, operation, plan: plan.inParts, grow }),
    };
  };
  const run: Engine['run'] = async (digest, asked, { variables, call }) => (await compiled.get(digest, asked)).atOnce(variables, call);
  return {
    run,
    async inParts(digest, asked, { variables, call }) {
      const { inParts } = await compiled.get(digest, asked);
      return inParts?.(variables, call);
    },
    onSchemaLoadOrUpdate(callback) {
      listeners.add(callback);
      return () => void listeners.delete(callback);
    },
    async load() {
      const planner = await options.openPlanner(supergraphSdl);
      try {
        const sources = new Map(planner.subgraphs.map((subgraph) => [subgraph.name, open(subgraph)]));
        loaded = { planner, plan: createPlanning({ planner, schema, joins, sources }) };
      } catch (cause) {
        await planner[Symbol.asyncDispose]();
        throw cause;
      }
      // Apollo Server prints the schema when it hears of it.
      await turn();
      for (const listener of listeners) listener({ apiSchema: planner.apiSchema, coreSupergraphSdl: supergraphSdl });
      return {
        async executor({ queryHash, source, document, operation, request, context }) {
          const given = { variables: request.variables ?? {}, call: callOf(context) };
          const { data, errors, faults, written } = await run(queryHash, { source, document, operation }, given);
          const shown = errors.map((error) => (error instanceof GraphQLError ? error : new GraphQLError(error.message, error)));
          const completion = faults.map(({ message, path }) => new GraphQLError(message, { path }));
          return {
            ...(data === undefined && shown.length > 0 ? {} : { data: data ?? null }),
            ...(shown.length === 0 ? {} : { errors: shown }),
            ...(completion.length > 0 ? { extensions: { valueCompletion: completion } } : {}),
            ...(written === undefined || shown.length + completion.length > 0 ? {} : { extensions: { written } }),
          };
        },
      };
    },
    mostUsed: (count) => compiled.mostUsed(count),
    async prepare({ digest, source, operationName, uses }) {
      const document = documents.read(digest, source, theLoaded().planner.apiSchema);
      const operation = document && getOperationAST(document, operationName);
      if (document === undefined || !operation) return false;
      await compiled.get(digest, { source, document, operation }, uses);
      return true;
    },
    async stop() {
      await loaded?.planner[Symbol.asyncDispose]();
    },
  };
}

function callOf(context: GatewayGraphQLRequestContext['context']): Call {
  // oxlint-disable-next-line no-unsafe-assignment -- the face's own context
  const call: Call = context['call'];
  return call;
}
