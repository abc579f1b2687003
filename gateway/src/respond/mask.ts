/**
 * The one place where failures become what a client sees: a code of the closed list, Chinese text, English beside it.
 * Anything else is an internal fault and says nothing of itself.
 * @see design/graph.md «Errors»
 */
import { HubError, isErrorCode } from '@hub/schema';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import { invalidQuery } from '../admit/operation.ts';

/** Codes with which Apollo Server refuses what cannot be a valid operation. */
const queryFaults: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
]);

// graphql-js has no code for it, the misspelling is its own; thousands of brackets in each other end its recursion.
const tooLong = /^Syntax Error: Document contains more tha[nt] \d+ tokens|^Maximum call stack size exceeded/;

const shownExtensions = ['code', 'messageEn', 'system', 'retryAfterMs'] as const;

/**
 * @param formatted - As Apollo Server would send it.
 * @param error - What was thrown.
 * @param onFault - Told of what clients may not see.
 */
export function maskError(formatted: GraphQLFormattedError, error: unknown, onFault: (cause: unknown) => void): GraphQLFormattedError {
  const { path, locations, extensions = {} } = formatted;
  const place = { ...(path === undefined ? {} : { path }), ...(locations === undefined ? {} : { locations }) };
  const known = hubErrorIn(error);
  if (known !== undefined) return { message: known.message, ...place, extensions: known.extensions };
  const code = extensions['code'];
  // A source's answer: its text and code were chosen by this gateway.
  if (isErrorCode(code)) return { message: formatted.message, ...place, extensions: pick(extensions) };
  if (queryFaults.has(code)) {
    const refusal = tooLong.test(formatted.message) ? tooManyTokens() : invalidQuery(formatted.message);
    return { message: refusal.message, ...place, extensions: refusal.extensions };
  }
  onFault(error);
  const internal = internalError();
  return { message: internal.message, ...(path === undefined ? {} : { path }), extensions: internal.extensions };
}

/** What a client is told of a value that a subgraph gave against its own contract. */
export function maskFault(cause: unknown, onFault: (cause: unknown) => void): GraphQLFormattedError {
  onFault(cause);
  const { message, extensions } = internalError();
  const path = cause instanceof GraphQLError ? cause.path : undefined;
  return path === undefined ? { message, extensions } : { message, extensions, path };
}

/** What a client is told of a fault of the gateway's own. */
export function internalError(cause?: unknown): HubError {
  return new HubError('INTERNAL', { zh: '网关内部错误，已记录。', en: 'Internal fault of the gateway; it has been logged.', cause });
}

function hubErrorIn(error: unknown): HubError | undefined {
  if (error instanceof HubError) return error;
  return error instanceof Error && 'originalError' in error ? hubErrorIn(error.originalError) : undefined;
}

function tooManyTokens(): HubError {
  return new HubError('QUERY_TOO_LARGE', {
    zh: '查询文本过长或嵌套过深，请拆分查询。',
    en: 'The text of the query is too long or too deep; split it.',
  });
}

function pick(extensions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown = shownExtensions.flatMap((name) => (extensions[name] === undefined ? [] : [[name, extensions[name]] as const]));
  return Object.fromEntries(shown);
}
