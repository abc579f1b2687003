import { describe, expect, test } from 'vitest';

import { originOf } from './origin.ts';

const system = {
  platformCodes: [
    { platform: 'Y1000000TEST00001A', tradePlat: 'TEST0000001' },
    { platform: 'Y1000000test00002b', tradePlat: 'TEST0000002' },
  ],
};

describe('partitioning.md «Counting once»: ORIGINAL is what the system’s own platforms registered', () => {
  test.each([
    ['both codes of a pair', { PLATFORM_CODE: 'Y1000000TEST00001A', TRADE_PLAT: 'TEST0000001' }, 'ORIGINAL'],
    ['written small, with blanks', { PLATFORM_CODE: ' y1000000test00001a ', TRADE_PLAT: 'test0000001' }, 'ORIGINAL'],
    ['declared small', { PLATFORM_CODE: 'Y1000000TEST00002B', TRADE_PLAT: 'TEST0000002' }, 'ORIGINAL'],
    ['the operator’s code alone', { PLATFORM_CODE: 'Y1000000TEST00001A' }, 'ORIGINAL'],
    ['no code at all', { TRADE_PLAT: 'TEST0000009' }, 'ORIGINAL'],
    ['a blank code', { PLATFORM_CODE: ' ' }, 'ORIGINAL'],
    ['the same operator’s other platform', { PLATFORM_CODE: 'Y1000000TEST00001A', TRADE_PLAT: 'TEST0000009' }, 'COPY'],
    ['codes of two different pairs', { PLATFORM_CODE: 'Y1000000TEST00001A', TRADE_PLAT: 'TEST0000002' }, 'COPY'],
    ['another operator', { PLATFORM_CODE: 'Y1000000TEST00009Z', TRADE_PLAT: 'TEST0000001' }, 'COPY'],
  ])('%s', (_, wire, origin) => {
    expect(originOf(system, wire)).toBe(origin);
  });
});

test('a system that declares no platform is where its records belong, whoever sent them', () => {
  expect(originOf({ platformCodes: [] }, { PLATFORM_CODE: 'Y1000000TEST00009Z', TRADE_PLAT: 'TEST0000001' })).toBe('ORIGINAL');
});
