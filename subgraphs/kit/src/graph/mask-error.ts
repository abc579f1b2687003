/**
 * What a system lets out of a failure: codes of the closed list, never a stack trace, a statement or a value.
 * @see design/graph.md «Errors»
 */
import { HubError } from '@hub/schema';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

const badRequests: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** @returns The error as the caller sees it. */
export function maskError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = innermost(error);
  if (original instanceof HubError) {
    return { ...placeOf(formatted), message: original.message, extensions: original.extensions };
  }
  if (isCancelled(original)) {
    return {
      ...placeOf(formatted),
      message: '查询超过了时限，请缩小范围后再试。',
      extensions: { code: 'DEADLINE_EXCEEDED', messageEn: 'The query took longer than it may; ask for less and try again.' },
    };
  }
  if (holdsNul(original)) return { ...placeOf(formatted), message: nulInText.message, extensions: nulInText.extensions };
  const code = formatted.extensions?.['code'];
  if (badRequests.has(code)) {
    return {
      ...placeOf(formatted),
      message: '查询有误，请对照 messageEn 检查语法、字段与变量。',
      extensions: { code: 'QUERY_INVALID', messageEn: formatted.message },
    };
  }
  return {
    ...placeOf(formatted),
    message: '系统内部错误，请稍后重试。',
    extensions: { code: 'INTERNAL', messageEn: 'Internal error: try again later.' },
  };
}

/** PostgreSQL's `query_canceled`: a statement ran longer than a reader's may. @see PostgreSQL, appendix A «Error Codes» */
function isCancelled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014';
}

/** What is told to whoever asks with a text that no record can have. */
export const nulInText = new HubError('QUERY_INVALID', {
  zh: '请求中的文本含有 NUL 字符，请去掉后再试。',
  en: 'A text of the request holds a NUL: leave it out.',
});

/** PostgreSQL's `character_not_in_repertoire`: of what is well formed, only U+0000. */
export function holdsNul(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '22021';
}

/** A refused value of a variable comes in two wrappings, and the outer one quotes it. */
function innermost(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined ? innermost(error.originalError) : error;
}

function placeOf({ path, locations }: GraphQLFormattedError): Pick<GraphQLFormattedError, 'path' | 'locations'> {
  return { ...(path === undefined ? {} : { path }), ...(locations === undefined ? {} : { locations }) };
}
