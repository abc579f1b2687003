/**
 * An id is a system's own exactly where taking it apart says so.
 */
import { decodeRecordId, encodeRecordId } from '@hub/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isOwnId } from './own-id.ts';

const systems = ['a', 'ab', 'abc', 'abcd', 'abd'];
const types = ['W', 'Wo', 'Wor', 'Work', 'Worl'];
const made = fc
  .record({ system: fc.constantFrom(...systems), type: fc.constantFrom(...types), key: fc.string({ maxLength: 4 }) })
  .map(encodeRecordId);
const cut = fc.tuple(made, fc.nat(30)).map(([id, length]) => id.slice(0, length));
const changed = fc
  .tuple(made, fc.nat(30), fc.constantFrom('A', '_', '=', '+', ' ', '公'))
  .map(([id, at, by]) => id.slice(0, at) + by + id.slice(at + 1));

test('as decodeRecordId finds it, whatever the id', () => {
  fc.assert(
    fc.property(fc.oneof(made, cut, changed), fc.constantFrom(...systems), fc.constantFrom(...types), (id, system, type) => {
      const decoded = decodeRecordId(id);
      expect(isOwnId(id, system, type)).toBe(decoded?.system === system && decoded.type === type);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['its own', { system: 'abc', type: 'Work', key: '公告-1' }, true],
  ['of a system that begins alike', { system: 'abcd', type: 'Work', key: '1' }, false],
  ['of a type that begins alike', { system: 'abc', type: 'Works', key: '1' }, false],
])('one that is %s: %j', (_, id, isOwn) => {
  expect(isOwnId(encodeRecordId(id), 'abc', 'Work')).toBe(isOwn);
});
