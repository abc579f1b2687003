import { describe, expect, test } from 'vitest';

import { type Candidate, chooseByCode } from './code.ts';

const original = { id: 'o1', origin: 'ORIGINAL' } as const;
const other = { id: 'o2', origin: 'ORIGINAL' } as const;
const copy = { id: 'c1', origin: 'COPY' } as const;
const second = { id: 'c2', origin: 'COPY' } as const;

describe('partitioning.md «Code»', () => {
  test.each([
    ['none found, all answered: null', [], [], { record: null }],
    [
      'none found, some missing: not a null that lies',
      [],
      ['aa'],
      { record: null, error: expect.objectContaining({ code: 'COVERAGE_INCOMPLETE' }) },
    ],
    ['one found, all answered', [copy], [], { record: copy, certain: true }],
    ['one found, some missing: a warning', [copy], ['aa'], { record: copy, certain: false }],
    ['several with one original: the original', [copy, original], [], { record: original, certain: true }],
    ['several with one original, some missing', [copy, original], ['aa'], { record: original, certain: false }],
    [
      'several copies: a conflict',
      [copy, second],
      [],
      { record: null, error: expect.objectContaining({ code: 'CODE_CONFLICT', message: expect.stringContaining('c1、c2') }) },
    ],
    [
      'two originals: a conflict',
      [original, copy, other],
      [],
      { record: null, error: expect.objectContaining({ code: 'CODE_CONFLICT', message: expect.stringContaining('c1、o1、o2') }) },
    ],
  ])('%s', (_name, candidates: readonly Candidate[], missing, expected) => {
    expect(chooseByCode(candidates, missing)).toEqual(expected);
  });

  test('where it may exist all the same, the error tells when to ask again', () => {
    expect(chooseByCode([], ['aa'], 500).error).toMatchObject({ code: 'COVERAGE_INCOMPLETE', retryAfterMs: 500 });
  });
});
