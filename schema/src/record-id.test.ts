import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decodeRecordId, encodeRecordId, isSystemCode } from './record-id.ts';

const system = fc.stringMatching(/^[a-z][a-z0-9-]{0,62}$/);
const type = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,30}$/);
// Any text a sender may use as its row's key, colons and characters beyond the BMP included.
const key = fc.string({ unit: 'grapheme', minLength: 1 });

const base64url = (text: string) => Buffer.from(text).toString('base64url');

describe('the id of a record (design/architecture.md «Record»)', () => {
  test('is base64url of system, type and key', () => {
    const id = encodeRecordId({ system: 'toy-east', type: 'BidSection', key: 'E4401:标段/1' });
    expect(id).toBe('dG95LWVhc3Q6QmlkU2VjdGlvbjpFNDQwMTrmoIfmrrUvMQ');
    expect(decodeRecordId(id)).toEqual({ system: 'toy-east', type: 'BidSection', key: 'E4401:标段/1' });
  });

  test('gives back what it was made of, and fits into a URL as it is', () => {
    fc.assert(
      fc.property(system, type, key, (system, type, key) => {
        const id = encodeRecordId({ system, type, key });
        expect(id).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeRecordId(id)).toEqual({ system, type, key });
      }),
    );
  });

  test('two records never share one', () => {
    const record = fc.record({ system, type, key });
    fc.assert(
      fc.property(record, record, (a, b) => {
        const same = a.system === b.system && a.type === b.type && a.key === b.key;
        expect(encodeRecordId(a) === encodeRecordId(b)).toBe(same);
      }),
    );
  });

  test.each([
    ['empty', ''],
    ['not base64url', 'dG95+/=='],
    ['no key', base64url('toy:BidSection:')],
    ['no type', base64url('toy:key')],
    ['a system in upper case', base64url('Toy:BidSection:1')],
    ['a type in lower case', base64url('toy:bidSection:1')],
    ['a type no contract could have', base64url('toy:Bid_Section:1')],
    ['free text', base64url('公告')],
  ])('%s is no id', (_, id) => {
    expect(decodeRecordId(id)).toBeUndefined();
  });

  test('no text at all makes decoding throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => decodeRecordId(text)).not.toThrow();
      }),
    );
  });
});

describe('system codes', () => {
  test.each(['a', 'toy-east', 'x1', 'a'.repeat(63)])('%s is one', (code) => expect(isSystemCode(code)).toBe(true));
  test.each(['', '1a', '-a', 'Toy', 'toy_east', 'toy:east', '东', 'a'.repeat(64)])('«%s» is none', (code) =>
    expect(isSystemCode(code)).toBe(false),
  );
});
