/**
 * The engine without Apollo Server in front of it, for measurements: what the face costs is the difference.
 * @see tests/bench/engine/gateways/direct-process.ts
 */
import { joinsOf } from '@hub/schema';
import { getOperationAST, type GraphQLSchema } from 'graphql';

import type { Call } from '../admit/call.ts';
import { Documents } from '../execute/documents.ts';
import { createEngine } from '../execute/engine.ts';
import { createHttpSource } from '../fetch/http-source.ts';
import { Endpoint } from '../fetch/post.ts';
import { readSupergraph } from '../plan/marks.ts';
import { openPlanner } from '../plan/open-planner.ts';

/** What a client sends. */
export interface DirectQuestion {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** An engine without a face. */
export interface DirectEngine extends AsyncDisposable {
  /** @returns The body of the answer; bytes where several wait for the same. */
  answer(question: DirectQuestion, signal: AbortSignal): Promise<Buffer | string>;
}

const deadlineMs = 10_000;

/** Opens a supergraph of subgraphs with one endpoint each. */
export async function openDirect(supergraphSdl: string): Promise<DirectEngine> {
  await using opened = new AsyncDisposableStack();
  const documents = new Documents();
  const schema = readSupergraph(supergraphSdl);
  const engine = createEngine({
    supergraphSdl,
    schema,
    joins: joinsOf(schema),
    documents,
    openPlanner,
    open: ({ name, url }) => createHttpSource({ name, endpoint: opened.use(new Endpoint(url)), report: () => {} }),
    routings: () => 0,
  });
  const { promise, resolve } = Promise.withResolvers<GraphQLSchema>();
  engine.onSchemaLoadOrUpdate(({ apiSchema }) => resolve(apiSchema));
  await engine.load({ apollo: {} });
  opened.defer(() => engine.stop());
  const apiSchema = await promise;
  const answer: DirectEngine['answer'] = async ({ query, variables = {} }, signal) => {
    const document = documents.read(query, query, apiSchema);
    const operation = document && getOperationAST(document);
    if (document === undefined || !operation) throw new TypeError('one valid operation is expected');
    const notes = { incomplete: false, admitted: true, remarks: [] };
    const call: Call = { grants: 'PUBLIC', client: 'direct', deadlineMs: performance.now() + deadlineMs, signal, notes };
    const { data, errors, written } = await engine.run(query, { source: query, document, operation }, { variables, call });
    if (errors.length > 0) return JSON.stringify({ errors, data });
    if (written === undefined) return JSON.stringify({ data });
    written.bytes ??= Buffer.from(JSON.stringify({ data }));
    return written.bytes;
  };
  const held = opened.move();
  return { answer, [Symbol.asyncDispose]: () => held.disposeAsync() };
}
