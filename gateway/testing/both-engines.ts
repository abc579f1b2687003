/**
 * Our engine and the stock one over the same supergraph and the same sources, each asked as Apollo Server asks.
 */
import { createLog } from '@hub/kit/process';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';

import { createEngine } from '../src/execute/engine.ts';
import type { FetchSource, Path } from '../src/fetch/source.ts';
import { readSupergraph } from '../src/plan/marks.ts';
import { openPlanner } from '../src/plan/open-planner.ts';
import { createPlanner } from '../src/plan/planner.ts';

/** What came of an operation. */
export interface Outcome {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: Path | undefined }[] | undefined;
}

/** An operation, valid by the API schema. */
export interface AskedOperation {
  readonly text: string;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Both engines. */
export interface ComparedEngines extends AsyncDisposable {
  readonly apiSchema: GraphQLSchema;
  ours(asked: AskedOperation): Promise<Outcome>;
  reference(asked: AskedOperation): Promise<Outcome>;
}

/** @param sources - By name of subgraph. */
export async function openBothEngines(supergraphSdl: string, sources: ReadonlyMap<string, FetchSource>): Promise<ComparedEngines> {
  const open = ({ name }: { readonly name: string }): FetchSource => {
    const source = sources.get(name);
    if (source === undefined) throw new TypeError(`no subgraph ${name}`);
    return source;
  };
  const engine = createEngine({ supergraphSdl, schema: readSupergraph(supergraphSdl), openPlanner, open });
  const stock = createPlanner({ supergraphSdl, log: createLog('reference', 'fatal'), open });
  const told = Promise.withResolvers<GraphQLSchema>();
  engine.onSchemaLoadOrUpdate(({ apiSchema }) => told.resolve(apiSchema));
  const [mine, theirs] = [await engine.load({ apollo: {} }), await stock.load({ apollo: {} })];
  const apiSchema = await told.promise;
  let asked = 0;
  const contextOf = ({ text, document, variables }: AskedOperation): never => {
    const operation = document.definitions.find((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION);
    asked++;
    const request = { query: text, variables: { ...variables } };
    const queryHash = String(asked);
    const own = { request, source: text, document, operation, operationName: operation?.name?.value, queryHash };
    // What the engines read of what Apollo Server gives them.
    return { ...own, schema: apiSchema, context: { call: {} }, logger: console, metrics: {} } as never;
  };
  return {
    apiSchema,
    ours: async (operation) => outcomeOf(await mine.executor?.(contextOf(operation))),
    reference: async (operation) => outcomeOf(await theirs.executor(contextOf(operation))),
    async [Symbol.asyncDispose]() {
      await Promise.all([engine.stop(), stock.stop()]);
    },
  };
}

function outcomeOf(result: Outcome | undefined): Outcome {
  if (result === undefined) throw new TypeError('not loaded');
  return result;
}
