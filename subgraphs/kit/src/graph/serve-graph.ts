/**
 * A schema behind HTTP. One Apollo Server answers for all systems of the same contracts; each system has a port of its own
 * and its own context.
 * @see design/architecture.md «Layout»
 */
import { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';

import { ApolloServer, type ApolloServerPlugin, type BaseContext, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { HubError, errorCodes, maxAnswerBytes } from '@hub/schema';
import { GraphQLError, type GraphQLSchema } from 'graphql';

import type { Examined, RequestVerifier } from '../process/signing/verify-request.ts';
import { maskError } from './mask-error.ts';
import { readSigned } from './read-signed.ts';

/** How one port is answered. */
export interface PortOptions<Context> {
  /** Whose requests are answered there; all others get HTTP 401, before anything of them is read as GraphQL. */
  readonly verifier: RequestVerifier;
  /** Who alone of them is; all of them when it is not said. */
  readonly issuer?: string;
  /** Made for each request; the signal is aborted when its caller has gone, and `caller` is who signed. */
  readonly context: (signal: AbortSignal, caller: Examined) => Context;
}

/** A running Apollo Server without a port. */
export interface GraphServer<Context extends BaseContext> extends AsyncDisposable {
  /** @returns What answers the requests of one port. */
  listener(port: PortOptions<Context>): RequestListener;
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
    // Nothing is reported to anybody, whatever the environment says; and no field is watched for hints that nobody reads.
    plugins: [
      knownOperations,
      ApolloServerPluginCacheControlDisabled(),
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
    listener: (port) => (request, response) => {
      answer(server, port, { request, response }).catch((cause: unknown) => {
        // A caller that hangs up is no fault of the system's.
        if (request.complete) onFault(cause);
        response.destroy();
      });
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** graphql-js notices a mutation that there is no root for while executing, as a fault of the system's; it is the caller's mistake. */
const knownOperations: ApolloServerPlugin = {
  requestDidStart: async () => ({
    async didResolveOperation({ schema, operation }) {
      const kind = operation?.operation;
      if (kind === undefined || schema.getRootType(kind) != null) return;
      const extensions = { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } };
      throw new GraphQLError(`There is no ${kind} here.`, { extensions });
    },
  }),
};

async function answer<Context extends BaseContext>(
  server: ApolloServer<Context>,
  { verifier, issuer, context }: PortOptions<Context>,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const sent = await readSigned(request, verifier);
  if ('status' in sent) {
    // What is still to come of it is not waited for.
    request.resume();
    response.writeHead(sent.status, { connection: 'close', 'content-type': 'application/json', ...sent.headers }).end(sent.body);
    return;
  }
  if (issuer !== undefined && sent.caller.claims.iss !== issuer) {
    response.writeHead(errorCodes.FORBIDDEN.status, { 'content-type': 'application/json' }).end(notForThem);
    return;
  }
  const {
    status,
    headers,
    body: result,
  } = await server.executeHTTPGraphQLRequest({
    context: async () => context(gone.signal, sent.caller),
    httpGraphQLRequest: { method, headers: headerMap(request), search: searchOf(url), body: parseJson(sent.body) },
  });
  response.statusCode = status ?? 200;
  for (const [name, value] of headers) response.setHeader(name, value);
  if (result.kind === 'complete') {
    const whole = Buffer.from(result.string);
    response.end(whole.length > maxAnswerBytes ? tooLarge : whole);
    return;
  }
  for await (const chunk of result.asyncIterator) response.write(chunk);
  response.end();
}

const refusal = new HubError('QUERY_TOO_LARGE', {
  zh: `答案超过 ${maxAnswerBytes / 1024 / 1024} MiB。请少选字段、缩小每页条数，或用根列表翻页代替关系。`,
  en: `The answer is larger than ${maxAnswerBytes / 1024 / 1024} MiB. Select fewer fields, ask for smaller pages, or page a root list in place of a relation.`,
});
const forbidden = new HubError('FORBIDDEN', {
  zh: '这个接口不答这一签名者：图只答网关，数据流只答数据交换。',
  en: 'This endpoint does not answer that signer: the graph is for gateways, the feed for the exchange.',
});
const notForThem = JSON.stringify({ errors: [{ message: forbidden.message, extensions: forbidden.extensions }] });
const tooLarge = JSON.stringify({ errors: [{ message: refusal.message, extensions: refusal.extensions }] });

function headerMap(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** Whatever stands before the query string; what is no address has none. */
function searchOf(url: string): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start);
}

/** Apollo Server answers a body that is no object with a proper error. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
