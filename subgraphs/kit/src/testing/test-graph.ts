/**
 * A system's graph over HTTP, as the gateway meets it.
 */
import { createServer } from 'node:http';

import { law } from '@hub/schema';
import type { GraphQLSchema } from 'graphql';

import { buildSystemSchema, typeOfId } from '../graph/build-schema.ts';
import { type SystemContext, type SystemStore, systemContext } from '../graph/context.ts';
import { serveGraph } from '../graph/serve-graph.ts';
import { listenOn } from '../process/listen.ts';
import { trustEverybody } from './trust-everybody.ts';

/** A GraphQL answer. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

/** A system that answers. */
export interface TestGraph extends AsyncDisposable {
  readonly url: string;
  readonly schema: GraphQLSchema;
  /** What the server told of faults. */
  readonly faults: readonly unknown[];
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
}

/** Serves a test system on a free port. */
export async function serveTestGraph(target: SystemStore): Promise<TestGraph> {
  const schema = buildSystemSchema(law().contracts.filter(({ contract }) => target.system.contracts.includes(contract.name)));
  const faults: unknown[] = [];
  const graph = await serveGraph<SystemContext>(schema, (cause) => void faults.push(cause));
  const server = createServer(
    graph.listener({
      verifier: trustEverybody.verifierFor(target.system.code),
      context: (signal) => systemContext(target, { typeOfId, signal }),
    }),
  );
  const url = `http://127.0.0.1:${await listenOn(server, 0)}/graphql`;
  return {
    url,
    schema,
    faults,
    async ask(query, variables = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(60_000),
      });
      return readAnswer(await response.json());
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await graph[Symbol.asyncDispose]();
    },
  };
}

function readAnswer(body: unknown): Answer {
  if (typeof body === 'object' && body !== null) return body;
  throw new TypeError('The answer is no GraphQL answer.');
}
