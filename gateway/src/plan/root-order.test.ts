/** @see root-order.ts */
import { parse, print, stripIgnoredCharacters } from 'graphql';
import { expect, test } from 'vitest';

import { isOrderAtStake, rootFieldsInOrder } from './root-order.ts';

function inOrder(text: string, name?: string): string {
  return stripIgnoredCharacters(print(rootFieldsInOrder(parse(text), name)));
}

test('changes of fragments stand where the client has them, each once', () => {
  const text = `mutation { a: add ...F ... { b: add { ...G } } ...F c: add }
    fragment F on Mutation { d: add ...H } fragment H on Mutation { e: add { id } } fragment G on Work { ...I } fragment I on Work { id }`;
  expect(inOrder(text)).toBe('mutation{a:add d:add e:add{id}b:add{...G}c:add}fragment G on Work{...I}fragment I on Work{id}');
});

test('another operation of the document brings no fragment in', () => {
  expect(inOrder('mutation A { add } mutation B { ...F } fragment F on Mutation { add }', 'A')).toBe('mutation A{add}');
});

test.each([
  ['mutation { a: add b: add }', false],
  ['{ ...F } fragment F on Query { works }', false],
  ['mutation { ... { add } }', true],
  ['mutation { ...F } fragment F on Mutation { add }', true],
])('%s: %s', (text, isAtStake) => {
  expect(isOrderAtStake(parse(text), undefined)).toBe(isAtStake);
});
