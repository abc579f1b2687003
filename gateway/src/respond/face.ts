/**
 * Apollo Server as the gateway's face: it parses, validates and speaks GraphQL over HTTP; what may run and how failures look
 * is decided by files of ours, plugged in here.
 * @see design/engine.md «Apollo Server stays the face»
 */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Log } from '@hub/kit/process';
import { errorCodes, HubError } from '@hub/schema';
import { GraphQLError, type GraphQLSchema } from 'graphql';

import { admit } from '../admit/admit.ts';
import type { Call } from '../admit/call.ts';
import type { Limits } from '../admit/limits.ts';
import { invalidQuery } from '../admit/operation.ts';
import type { GatewayEvent } from '../events.ts';
import { Written } from '../execute/share.ts';
import type { Documents } from '../execute/documents.ts';
import type { RunOperationInParts } from '../execute/engine.ts';
import { counting } from '../usage/counting.ts';
import type { Usage } from '../usage/usage.ts';
import { maskError, maskFault } from './mask.ts';
import { answeringInParts } from './parts.ts';

/** What Apollo Server carries along with an operation. */
export interface FaceContext {
  readonly call: Call;
}

export type Face = ApolloServer<FaceContext>;

export interface FaceOptions {
  /** Parsed and valid. */
  readonly documents: Documents;
  /** Plans and executes. */
  readonly planner: NonNullable<ConstructorParameters<typeof ApolloServer>[0]['gateway']>;
  /** Executes operations with `@defer`; absent: there are none. */
  readonly inParts?: RunOperationInParts | undefined;
  /** The supergraph with the law's directives. */
  readonly schema: GraphQLSchema;
  readonly limits: Limits;
  /** Counts what is answered; absent: nothing is counted. */
  readonly usage?: Usage | undefined;
  readonly log: Log;
  readonly report: (event: GatewayEvent) => void;
}

/** @returns A face that is yet to be started; starting it loads the planner. */
export function createFace({ planner, documents, inParts, schema, limits, usage, log, report }: FaceOptions): Face {
  const onFault = (cause: unknown): void => report({ kind: 'fault', cause });
  return new ApolloServer<FaceContext>({
    gateway: planner,
    documentStore: documents,
    nodeEnv: 'production',
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    // Its protection is for sites with cookies. Callers here send tokens, queries change nothing, and the hall needs plain GETs.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    // What is written already is handed on beside it: a second text would only be thrown away.
    stringifyResult: (result) => (result.data === writtenElsewhere ? '' : `${JSON.stringify(result)}\n`),
    parseOptions: { maxTokens: limits.maxTokens },
    formatError: (formatted, error) => maskError(formatted, error, onFault),
    logger: {
      debug: (text) => log.trace(text),
      info: (text) => log.debug(text),
      warn: (text) => log.debug(text),
      error: (text) => log.error(text),
    },
    plugins: [
      admission(schema, limits),
      completion(onFault),
      ...(inParts === undefined ? [] : [answeringInParts(inParts, onFault)]),
      ...(usage === undefined ? [] : [counting(usage, schema)]),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** Stands for data whose text is in the notes of the call. */
const writtenElsewhere = {};

function admission(schema: GraphQLSchema, limits: Limits): ApolloServerPlugin<FaceContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request, contextValue }) {
          const variables = request.variables ?? {};
          try {
            if (operation === undefined) throw invalidQuery('operationName must name one operation of the document.');
            admit(schema, { document, definition: operation, variables, grants: contextValue.call.grants }, limits);
            contextValue.call.notes.admitted = true;
          } catch (error) {
            throw withStatus(error);
          }
        },
      };
    },
  };
}

/** Puts remarks beside the data, and turns what the executor calls value completion into ordinary errors. */
function completion(onFault: (cause: unknown) => void): ApolloServerPlugin<FaceContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response: { body }, contextValue: { call } }) {
          if (body.kind !== 'single') return;
          const { extensions = {}, errors, ...result } = body.singleResult;
          const incomplete = extensions['valueCompletion'];
          const added = Array.isArray(incomplete) ? incomplete.map((cause: unknown) => maskFault(cause, onFault)) : [];
          const shown = [...(errors ?? []), ...added];
          const { remarks } = call.notes;
          const written = extensions['written'];
          if (written instanceof Written && shown.length + remarks.length === 0) {
            // Several who asked the same wait for the same bytes.
            written.bytes ??= Buffer.from(`${JSON.stringify({ data: result.data })}\n`);
            call.notes.written = written.bytes;
            body.singleResult = { data: writtenElsewhere };
            return;
          }
          body.singleResult = {
            ...result,
            ...(shown.length === 0 ? {} : { errors: shown }),
            ...(remarks.length === 0 ? {} : { extensions: { warnings: remarks } }),
          };
        },
      };
    },
  };
}

function withStatus(error: unknown): unknown {
  if (!(error instanceof HubError)) return error;
  const http = { status: errorCodes[error.code].status };
  return new GraphQLError(error.message, { originalError: error, extensions: { ...error.extensions, http } });
}
