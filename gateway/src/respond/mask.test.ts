import { HubError } from '@hub/schema';
import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';

import { maskError } from './mask.ts';

const faults: unknown[] = [];
const mask = (formatted: Parameters<typeof maskError>[0], error: unknown = new Error('x')) => {
  faults.length = 0;
  return maskError(formatted, error, (cause) => faults.push(cause));
};

describe('graph.md «Errors»', () => {
  test('a HubError is shown as it is, however deep it was wrapped', () => {
    const error = new HubError('CURSOR_INVALID', {
      zh: '游标无效。',
      en: 'Bad cursor.',
      system: 'aa',
      retryAfterMs: 5,
      cause: new Error('key 42'),
    });
    const wrapped = new GraphQLError('outer', { originalError: new GraphQLError('inner', { originalError: error }) });
    expect(mask({ message: 'outer', path: ['works'], extensions: { code: 'X', stacktrace: ['secret'] } }, wrapped)).toEqual({
      message: '游标无效。',
      path: ['works'],
      extensions: { code: 'CURSOR_INVALID', messageEn: 'Bad cursor.', system: 'aa', retryAfterMs: 5 },
    });
    expect(faults).toEqual([]);
  });

  test('a source’s error keeps the four extensions that are shown, and no other', () => {
    const extensions = { code: 'SYSTEM_FAILED', messageEn: 'down', system: 'aa', serviceName: 'works', exception: { sql: 'select 1' } };
    expect(mask({ message: '未作答', path: ['work'], extensions })).toEqual({
      message: '未作答',
      path: ['work'],
      extensions: { code: 'SYSTEM_FAILED', messageEn: 'down', system: 'aa' },
    });
  });

  test.each([
    'GRAPHQL_PARSE_FAILED',
    'GRAPHQL_VALIDATION_FAILED',
    'BAD_USER_INPUT',
    'BAD_REQUEST',
    'OPERATION_RESOLUTION_FAILURE',
    'PERSISTED_QUERY_NOT_SUPPORTED',
  ])('%s is QUERY_INVALID, with a Chinese lead and its place', (code) => {
    expect(mask({ message: 'Cannot query field "x".', locations: [{ line: 1, column: 3 }], extensions: { code } })).toEqual({
      message: '查询无效：Cannot query field "x".',
      locations: [{ line: 1, column: 3 }],
      extensions: { code: 'QUERY_INVALID', messageEn: 'Cannot query field "x".' },
    });
  });

  test('too many tokens are QUERY_TOO_LARGE', () => {
    const masked = mask({
      message: 'Syntax Error: Document contains more that 10 tokens. Parsing aborted.',
      extensions: { code: 'GRAPHQL_PARSE_FAILED' },
    });
    expect(masked.extensions).toMatchObject({ code: 'QUERY_TOO_LARGE' });
  });

  test('anything else says nothing of itself and is reported', () => {
    const cause = new TypeError('cannot read password of undefined');
    expect(
      mask(
        {
          message: cause.message,
          path: ['a'],
          locations: [{ line: 1, column: 1 }],
          extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at x'] },
        },
        cause,
      ),
    ).toEqual({
      message: '网关内部错误，已记录。',
      path: ['a'],
      extensions: { code: 'INTERNAL', messageEn: 'Internal fault of the gateway; it has been logged.' },
    });
    expect(faults).toEqual([cause]);
  });
});
