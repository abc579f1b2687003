/**
 * A schema behind HTTP. One Apollo Server answers for all systems of the same contracts; each system has a port of its own
 * and its own context.
 * @see design/architecture.md «Layout»
 */
import { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

import { ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';

import { maskError } from './mask-error.ts';

const maxBodyBytes = 4_000_000;

/** A running Apollo Server without a port. */
export interface GraphServer<Context extends BaseContext> extends AsyncDisposable {
  /** @returns What answers the requests of one port. */
  listener(context: () => Context): RequestListener;
}

/**
 * @param onFault - Told of faults that callers are not told of.
 * @returns The server, started.
 */
export async function serveGraph<Context extends BaseContext>(
  schema: GraphQLSchema,
  onFault: (cause: unknown) => void,
): Promise<GraphServer<Context>> {
  const server = new ApolloServer<Context>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    // Nothing is reported to anybody, whatever the environment says.
    plugins: [
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    formatError(formatted, error) {
      const masked = maskError(formatted, error);
      if (masked.extensions?.['code'] === 'INTERNAL') onFault(error);
      return masked;
    },
  });
  await server.start();
  return {
    listener: (context) => (request, response) => {
      answer(server, context, request, response).catch((cause: unknown) => {
        onFault(cause);
        response.destroy();
      });
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

async function answer<Context extends BaseContext>(
  server: ApolloServer<Context>,
  context: () => Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) {
    response.writeHead(413).end();
    return;
  }
  const { method = 'GET', url = '/' } = request;
  const body: unknown = method === 'POST' ? parseJson(await text(request)) : undefined;
  const { status, headers, body: result } = await server.executeHTTPGraphQLRequest({
    context: async () => context(),
    httpGraphQLRequest: { method, headers: headerMap(request), search: new URL(url, 'http://system').search, body },
  });
  response.statusCode = status ?? 200;
  for (const [name, value] of headers) response.setHeader(name, value);
  if (result.kind === 'complete') {
    response.end(result.string);
    return;
  }
  for await (const chunk of result.asyncIterator) response.write(chunk);
  response.end();
}

function headerMap(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** Apollo Server answers a body that is no object with a proper error. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
