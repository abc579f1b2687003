/** @see unexplained.ts */
import { expect, test } from 'vitest';

import { unexplained } from './unexplained.ts';

const absent = { message: 'null where null may not stand', isNull: true, path: ['works', 0, 'title'] };
const wrong = { message: 'no Int', path: ['works', 1, 'pages'] };

test('a value of a wrong type is told of whatever failed elsewhere', () => {
  expect(unexplained([wrong], [{ path: ['makers'], extensions: {} }, { extensions: {} }])).toEqual([wrong]);
});

test.each([
  ['at its place', ['works', 0, 'title'], []],
  ['above it', ['works', 0], []],
  ['below it', ['works', 0, 'title', 'text'], []],
  ['of nothing in particular', undefined, []],
  ['beside it', ['works', 1, 'title'], [absent]],
])('a null is explained by an error %s', (_, path, told) => {
  expect(unexplained([absent], [{ path, extensions: {} }])).toEqual(told);
});

test('a system that is away explains the nulls of all its objects in a list, and no others', () => {
  const error = { path: ['works', 1, 'title'], extensions: { system: 'aa' } };
  expect(unexplained([absent, { ...absent, path: ['works', 0, 'note'] }], [error])).toEqual([{ ...absent, path: ['works', 0, 'note'] }]);
});
