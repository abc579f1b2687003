import { describe, expect, test } from 'vitest';

import { HubError, errorCodes, isErrorCode } from './errors.ts';

describe('HubError (design/graph.md «Errors»)', () => {
  test('speaks Chinese, with English and code beside it', () => {
    const error = new HubError('PAGE_SIZE_INVALID', { zh: '每页条数应为 1–100。', en: 'first must be from 1 to 100.' });
    expect({ ...error.extensions, name: error.name, message: error.message }).toEqual({
      name: 'HubError',
      message: '每页条数应为 1–100。',
      code: 'PAGE_SIZE_INVALID',
      messageEn: 'first must be from 1 to 100.',
    });
    expect(Object.hasOwn(error, 'cause')).toBe(false);
  });

  test('names the system and when to retry, where known, and keeps its cause to itself', () => {
    const cause = new Error('connect ECONNREFUSED');
    const error = new HubError('SYSTEM_FAILED', { zh: '系统故障。', en: 'It failed.', cause, system: 'toy-east', retryAfterMs: 2000 });
    expect(error.cause).toBe(cause);
    expect(error.extensions).toEqual({ code: 'SYSTEM_FAILED', messageEn: 'It failed.', system: 'toy-east', retryAfterMs: 2000 });
  });
});

describe('the closed list of codes', () => {
  test('every code has a status that HTTP knows and says whether trying again helps', () => {
    for (const { status, retry } of Object.values(errorCodes)) {
      expect([400, 401, 403, 409, 422, 500, 502, 503, 504]).toContain(status);
      expect(typeof retry).toBe('boolean');
    }
  });

  test('what the caller did wrong is never worth a retry', () => {
    expect(Object.entries(errorCodes).filter(([, { status, retry }]) => status < 500 && retry)).toEqual([]);
  });

  test.each(['CURSOR_INVALID', 'INTERNAL'])('%s is a code', (code) => expect(isErrorCode(code)).toBe(true));
  test.each(['cursor_invalid', 'toString', '__proto__', '', undefined, 42])('%s is none', (code) => expect(isErrorCode(code)).toBe(false));
});
