/**
 * What a system lets out of a failure: codes of the closed list, never a stack trace, a statement or a value.
 * @see design/graph.md «Errors»
 */
import { HubError, isErrorCode } from '@hub/schema';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

const badRequests: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

/** @returns The error as the caller sees it. */
export function maskError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (original instanceof HubError) {
    return { ...formatted, message: original.message, extensions: original.extensions };
  }
  const code = formatted.extensions?.['code'];
  if (isErrorCode(code)) return formatted;
  if (badRequests.has(code)) return { ...formatted, extensions: { code: 'QUERY_INVALID', messageEn: formatted.message } };
  return {
    message: '系统内部错误，请稍后重试。',
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
    extensions: { code: 'INTERNAL', messageEn: 'Internal error: try again later.' },
  };
}
