import { describe, expect, test } from 'vitest';

import { createCursorSeal, questionOf } from './cursor.ts';
import type { Position } from './page.ts';

const position: Position = {
  main: ['2026-08-14T02:12:00.000000Z', 'ids'],
  lag: new Map([
    ['aa', undefined],
    ['bb', [null, 'other']],
  ]),
};
const asked = { field: 'works', filter: { title: { text: '路' }, copies: 'INCLUDE' }, order: 'TITLE_ASC', grants: 'PUBLIC' };
const question = questionOf(asked);
const seal = createCursorSeal('a secret of thirty-two characters');

describe('partitioning.md «Page»: cursors', () => {
  test('what is sealed can be opened, by another gateway with the same secret too', () => {
    const cursor = seal.seal(position, question);
    expect(createCursorSeal('a secret of thirty-two characters').open(cursor, question)).toEqual(position);
    expect(seal.open(seal.seal({ main: undefined, lag: new Map() }, question), question)).toEqual({ main: undefined, lag: new Map() });
  });

  test('the same place gives the same cursor, another place another nonce', () => {
    expect(seal.seal(position, question)).toBe(seal.seal(position, question));
    const other = seal.seal({ ...position, main: ['x', 'y'] }, question);
    expect(other.slice(0, 16)).not.toBe(seal.seal(position, question).slice(0, 16));
  });

  test('a cursor shows nothing of the sort key', () => {
    const bytes = Buffer.from(seal.seal({ main: ['秘密的报价', 'id'], lag: new Map() }, question), 'base64url');
    expect(bytes.includes(Buffer.from('秘密'))).toBe(false);
  });

  test.each([
    ['another filter', { ...asked, filter: { title: { text: '桥' } } }],
    ['another order', { ...asked, order: 'TITLE_DESC' }],
    ['another caller', { ...asked, grants: 'GOVERNMENT' }],
    ['another list', { ...asked, field: 'deals' }],
  ])('is refused with %s', (_name, other) => {
    expect(() => seal.open(seal.seal(position, question), questionOf(other))).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });

  test('the order of keys in a filter makes no difference', () => {
    expect(questionOf({ ...asked, filter: { copies: 'INCLUDE', title: { text: '路' } } })).toBe(question);
  });

  test.each(['', 'x', '!!!', Buffer.alloc(40).toString('base64url'), 'A'.repeat(70_000)])('%.20s is no cursor', (cursor) => {
    expect(() => seal.open(cursor, question)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });

  test('any changed byte is noticed', () => {
    const bytes = Buffer.from(seal.seal(position, question), 'base64url');
    for (const index of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => seal.open(changed.toString('base64url'), question)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
    }
  });

  test('without a secret cursors end with the process', () => {
    const cursor = createCursorSeal(undefined).seal(position, question);
    expect(() => createCursorSeal(undefined).open(cursor, question)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });
});
