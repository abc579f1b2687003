import { describe, expect, test } from 'vitest';

import { holderOf, scopeOf, type SystemRow } from './table.ts';

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
    expect(codes(scopeOf(rows, { contract: 'board', sole: false }, null))).toEqual(['aa', 'bb', 'cc']);
    expect(codes(scopeOf(rows, { contract: 'construction', sole: false }, undefined))).toEqual(['aa', 'bb', 'dd']);
  });

  test('a filter fixes systems; a known system of another contract holds nothing of this one', () => {
    expect(codes(scopeOf(rows, { contract: 'board', sole: false }, ['cc', 'aa', 'cc']))).toEqual(['aa', 'cc']);
    expect(codes(scopeOf(rows, { contract: 'board', sole: false }, ['dd']))).toEqual([]);
    expect(codes(scopeOf(rows, { contract: 'board', sole: false }, []))).toEqual([]);
  });

  test('an unknown code is a typed error, never a broadcast', () => {
    expect(() => scopeOf(rows, { contract: 'board', sole: false }, ['aa', 'xx', 'yy'])).toThrow(
      expect.objectContaining({ code: 'SYSTEM_UNKNOWN', message: '没有这样的交易系统：xx、yy。' }),
    );
  });

  test('a contract that nobody serves has no empty answers', () => {
    expect(() => scopeOf(rows.slice(2, 3), { contract: 'construction', sole: false }, null)).toThrow(
      expect.objectContaining({ code: 'SYSTEMS_UNAVAILABLE' }),
    );
  });
});

describe('a shared register', () => {
  const market = { contract: 'market', sole: true };
  const register = row('rr', { contracts: ['market'] });
  const before = row('qq', { contracts: ['market'], state: 'withdrawn' });
  const [, , board, trade] = rows;

  test('is held by the one row that lists it; one that held it before is still named', () => {
    const table = [before, board, register, trade].filter((candidate) => candidate !== undefined);
    expect(codes(scopeOf(table, market, null))).toEqual(['qq', 'rr']);
    expect(holderOf(table, market).code).toBe('rr');
    expect(holderOf([before], market).code).toBe('qq');
  });

  test('nobody holds it: said, and no empty answer', () => {
    expect(() => holderOf(rows.slice(2), market)).toThrow(
      expect.objectContaining({ code: 'SYSTEMS_UNAVAILABLE', message: '目前没有任何系统提供“market”。' }),
    );
  });

  test('two would each pass for it: refused, naming both', () => {
    const two = [register, row('ss', { contracts: ['market', 'board'] })];
    for (const asked of [() => scopeOf(two, market, ['rr']), () => holderOf(two, market)]) {
      expect(asked).toThrow(
        expect.objectContaining({
          code: 'CONFIG_INVALID',
          message: '共享登记“market”只能由一个系统提供，现有 rr、ss 的 contracts 都列了它。',
        }),
      );
    }
  });
});
