import { describe, expect, test } from 'vitest';

import { checkOrgCode, orgCodeCheck } from './org-code.ts';

const real = ['784765385', 'MB0270975', 'MA347WHE4', 'M000100Y4', '793567866', '093677087', '101623741'];

describe('organisation code (GB 11714-1997)', () => {
  test.each(real)('%s verifies, with and without its hyphen', (code) => {
    expect(checkOrgCode(code)).toBeUndefined();
    expect(checkOrgCode(`${code.slice(0, 8)}-${code.slice(8)}`)).toBeUndefined();
    expect(orgCodeCheck(code.slice(0, 8))).toBe(code.slice(8));
  });

  test('remainders of 1 and 0 give X and 0', () => {
    expect(orgCodeCheck('00000004')).toBe('3');
    expect(orgCodeCheck('00000000')).toBe('0');
    expect(orgCodeCheck('00000006')).toBe('X');
  });

  test('a wrong check is told from a wrong shape', () => {
    expect(checkOrgCode('784765386')).toBe('CHECK_CHARACTER');
    expect(checkOrgCode('78476538')).toBe('SHAPE');
    expect(orgCodeCheck('7847653')).toBeUndefined();
  });
});
