import { describe, expect, test } from 'vitest';

import { scopeOf, type SystemRow } from './table.ts';

const row = (code: string, rest: Partial<SystemRow> = {}): SystemRow => ({
  code,
  name: code,
  url: 'http://127.0.0.1:1/',
  state: 'published',
  ...rest,
});
const rows = [
  row('aa'),
  row('bb', { state: 'withdrawn' }),
  row('cc', { contracts: ['board'] }),
  row('dd', { contracts: ['construction'] }),
];
const codes = (scope: readonly SystemRow[]) => scope.map(({ code }) => code);

describe('partitioning.md «Rules» 3', () => {
  test('without a filter: every system that serves the contract, withdrawn ones included', () => {
    expect(codes(scopeOf(rows, 'board', null))).toEqual(['aa', 'bb', 'cc']);
    expect(codes(scopeOf(rows, 'construction', undefined))).toEqual(['aa', 'bb', 'dd']);
  });

  test('a filter fixes systems; a known system of another contract holds nothing of this one', () => {
    expect(codes(scopeOf(rows, 'board', ['cc', 'aa', 'cc']))).toEqual(['aa', 'cc']);
    expect(codes(scopeOf(rows, 'board', ['dd']))).toEqual([]);
    expect(codes(scopeOf(rows, 'board', []))).toEqual([]);
  });

  test('an unknown code is a typed error, never a broadcast', () => {
    expect(() => scopeOf(rows, 'board', ['aa', 'xx', 'yy'])).toThrow(
      expect.objectContaining({ code: 'SYSTEM_UNKNOWN', message: '没有这样的交易系统：xx、yy。' }),
    );
  });

  test('a contract that nobody serves has no empty answers', () => {
    expect(() => scopeOf(rows.slice(2, 3), 'construction', null)).toThrow(expect.objectContaining({ code: 'SYSTEMS_UNAVAILABLE' }));
  });
});
