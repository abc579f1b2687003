/**
 * One unpartitioned server that holds the union of all systems and serves the same API: what the hub must be equal to.
 * @see design/partitioning.md P6
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import { ApolloGateway } from '@apollo/gateway';
import { HubError } from '@hub/schema';
import { listenOn } from '@hub/kit/process';
import { type GraphQLError, type GraphQLSchema, execute, parse, validate } from 'graphql';

import { isObject } from '../parse-json.ts';
import type { Union } from './union.ts';
import { isRecord, unionField } from './union-fields.ts';

/** A running server. */
export interface UnionServer extends AsyncDisposable {
  readonly url: string;
  /** Puts another union in force. */
  replace(union: Union): void;
}

/** @returns The API that clients of a supergraph see: the hub's directives and the planner's own are gone from it. */
export async function apiSchema(supergraphSdl: string): Promise<GraphQLSchema> {
  const gateway = new ApolloGateway({ supergraphSdl });
  try {
    return (await gateway.load()).schema;
  } finally {
    await gateway.stop();
  }
}

/** Starts the server on a free port. */
export async function startUnionServer(schema: GraphQLSchema, first: Union): Promise<UnionServer> {
  let union = first;
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(await answer(schema, union, JSON.parse(body))));
    });
  });
  const port = await listenOn(server, 0);
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    replace: (next) => void (union = next),
    async [Symbol.asyncDispose]() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await promise;
    },
  };
}

async function answer(schema: GraphQLSchema, union: Union, body: unknown): Promise<object> {
  const query = isObject(body) ? String(body['query']) : '';
  const document = parse(query);
  const faults = validate(schema, document);
  if (faults.length > 0) return { errors: faults };
  const { data, errors } = await execute({
    schema,
    document,
    contextValue: union,
    variableValues: isObject(body) && isObject(body['variables']) ? body['variables'] : {},
    fieldResolver: unionField,
    typeResolver: (value) => (isRecord(value) ? value.__typename : undefined),
  });
  return { data, ...(errors === undefined ? {} : { errors: errors.map(withCode) }) };
}

function withCode(error: GraphQLError): object {
  const { originalError: cause } = error;
  return { ...error.toJSON(), extensions: { code: cause instanceof HubError ? cause.code : 'INTERNAL' } };
}
