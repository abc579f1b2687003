/**
 * Our engine and the stock one over the same supergraph and the same sources, each behind Apollo Server.
 */
import { createHash } from 'node:crypto';

import { ApolloServer } from '@apollo/server';
import { createLog } from '@hub/kit/process';
import { joinsOf } from '@hub/schema';
import { type GraphQLFormattedError, getOperationAST, type GraphQLSchema, parse } from 'graphql';

import type { Call } from '../admit/call.ts';
import type { InParts } from '../execute/defer.ts';
import { Documents } from '../execute/documents.ts';
import { createEngine } from '../execute/engine.ts';
import type { FetchSource } from '../fetch/source.ts';
import { readSupergraph } from '../plan/marks.ts';
import { openPlanner } from '../plan/open-planner.ts';
import { createPlanner } from '../plan/planner.ts';

/** What came of an operation. */
export interface Outcome {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Runs an operation. */
export type RunOperation = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<Outcome>;

/** Both engines. */
export interface ComparedEngines extends AsyncDisposable {
  readonly apiSchema: GraphQLSchema;
  /** From the second time an operation comes on by generated code. */
  readonly ours: RunOperation;
  readonly reference: RunOperation;
  /** Whether an operation is valid. */
  isValid(query: string): boolean;
  /** Plans an operation for ours while something else is done. */
  prepare(query: string): void;
  /** Ours alone; undefined when nothing is put off. */
  inParts(query: string, variables: Readonly<Record<string, unknown>>): Promise<InParts | undefined>;
}

/** @param sources - By name of subgraph. */
export async function openBothEngines(supergraphSdl: string, sources: ReadonlyMap<string, FetchSource>): Promise<ComparedEngines> {
  const open = ({ name }: { readonly name: string }): FetchSource => {
    const source = sources.get(name);
    if (source === undefined) throw new TypeError(`no subgraph ${name}`);
    return source;
  };
  const schema = readSupergraph(supergraphSdl);
  const documents = new Documents();
  const engine = createEngine({
    routings: () => 0,
    supergraphSdl,
    schema,
    joins: joinsOf(schema),
    documents,
    openPlanner,
    open,
    runsBeforeCode: 1,
  });
  const stock = createPlanner({ supergraphSdl, log: createLog('reference', 'fatal'), open });
  const told = Promise.withResolvers<GraphQLSchema>();
  engine.onSchemaLoadOrUpdate(({ apiSchema }) => told.resolve(apiSchema));
  await using opened = new AsyncDisposableStack();
  const [ours, reference] = [await behindServer(engine, { documents, opened }), await behindServer(stock, { documents, opened })];
  const apiSchema = await told.promise;
  const running = opened.move();
  return {
    apiSchema,
    ours,
    reference,
    isValid: (query) => documents.read(digestOf(query), query, apiSchema) !== undefined,
    prepare(source) {
      // What fails here fails again when it is run, and is told there.
      engine.prepare({ digest: digestOf(source), source, operationName: undefined, uses: 0 }).catch(() => {});
    },
    async inParts(query, variables) {
      const document = parse(query);
      const operation = getOperationAST(document);
      if (!operation) throw new TypeError('no operation, or several');
      return engine.inParts(query, { source: query, document, operation }, { variables, call: anyCall() });
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** As Apollo Server has it. */
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function anyCall(): Call {
  const notes = { incomplete: false, admitted: true, remarks: [] };
  const deadlineMs = performance.now() + 60_000;
  return { grants: 'PUBLIC', client: 'comparison', deadlineMs, signal: new AbortController().signal, notes };
}

type Gateway = NonNullable<ConstructorParameters<typeof ApolloServer>[0]['gateway']>;

interface Serving {
  /** Each is parsed and found valid once for both. */
  readonly documents: Documents;
  readonly opened: AsyncDisposableStack;
}

async function behindServer(gateway: Gateway, { documents, opened }: Serving): Promise<RunOperation> {
  const server = new ApolloServer<{ readonly call: Call }>({
    gateway,
    documentStore: documents,
    nodeEnv: 'production',
    introspection: true,
    stopOnTerminationSignals: false,
  });
  await server.start();
  opened.defer(() => server.stop());
  return async (query, variables) => {
    const { body } = await server.executeOperation({ query, variables: { ...variables } }, { contextValue: { call: anyCall() } });
    if (body.kind !== 'single') throw new TypeError('more than one answer');
    return body.singleResult;
  };
}
