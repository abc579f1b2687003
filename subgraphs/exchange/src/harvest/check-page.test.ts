/**
 * When a page is the program's fault, and when a record's. @see check-page.ts
 */
import { expect, test } from 'vitest';

import { fakeEntry } from '../testing/fake-feed.ts';

import { checkForm, isMisformed } from './check-page.ts';

const page = (wrong: number, of: number) =>
  Array.from({ length: of }, (_, index) => ({ ...fakeEntry('one', index + 1), ...(index < wrong ? { hash: '0'.repeat(64) } : {}) }));

test('a page most of which is not in form refuses nothing: what a program does wrong it will send aright', () => {
  expect(() => checkForm(page(7, 12))).toThrow('7 of 12, the first at position 1: HASH_MISMATCH');
});

test('half of a page, or all of a very small one, may be records’ own faults', () => {
  expect([page(6, 12), page(9, 9)].map((entries) => [checkForm(entries), entries.filter(isMisformed).length])).toEqual([
    [undefined, 6],
    [undefined, 9],
  ]);
});
