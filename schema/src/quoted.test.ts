import { expect, test } from 'vitest';

import { quoted, quotedList } from './quoted.ts';

test('a text is quoted in one line, without what moves a cursor or turns the direction of writing', () => {
  expect(quoted('\u001B[2J甲\r\n\u202E乙\uD800\u2028')).toBe('[2J甲 乙');
  expect(quoted('x'.repeat(10_000))).toBe(`${'x'.repeat(80)}…`);
});

test('of many texts five are quoted, and their number is told', () => {
  expect(quotedList(['A', 'B'], '、')).toBe('A、B');
  expect(quotedList('ABCDEFG'.split(''), ', ')).toBe('A, B, C, D, E… (7)');
});
