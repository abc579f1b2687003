import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { canonicalContent, contentHash } from './canonical.ts';

describe('canonical content (design/feed.md 4)', () => {
  test('names in order, values as sent; the timestamp and what is blank left out', () => {
    expect(canonicalContent({ B: ' 甲 ', DATA_TIMESTAMP: '20260814101200', A: '1"\n', C: '', D: ' 　' })).toBe(
      '{"A":"1\\"\\n","B":" 甲 "}',
    );
    expect(canonicalContent({})).toBe('{}');
  });

  test('SM3 is the published one (GB/T 32905-2016 annex A, «abc»)', () => {
    expect(createHash('sm3').update('abc').digest('hex')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  });

  test('the hash of a content never changes', () => {
    expect(contentHash('SECTION', { BID_SECTION_CODE: 'E6205000608003668001001' })).toBe(
      createHash('sm3').update('hub/record-content/1\nSECTION\n{"BID_SECTION_CODE":"E6205000608003668001001"}').digest('hex'),
    );
  });

  test('neither order nor time of sending changes it; dataset, name and value do', () => {
    const fields = fc.dictionary(fc.stringMatching(/^[A-Z_]{1,8}$/), fc.string());
    fc.assert(
      fc.property(fields, fc.string(), (sent, time) => {
        const again = Object.fromEntries(Object.entries({ ...sent, DATA_TIMESTAMP: time }).toReversed());
        expect(contentHash('SECTION', again)).toBe(contentHash('SECTION', sent));
        expect(contentHash('PROJECT', sent)).not.toBe(contentHash('SECTION', sent));
        expect(contentHash('SECTION', { ...sent, NEW_NAME_9: 'x' })).not.toBe(contentHash('SECTION', sent));
      }),
    );
  });
});
