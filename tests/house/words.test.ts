/**
 * What no file may hold. @see design/style.md «Files», «Types», «Tests»
 */
import { describe, expect, test } from 'vitest';

import { files, sources, textOf } from '../support/repository.ts';

interface Forbidden {
  readonly what: string;
  readonly pattern: RegExp;
  readonly because: string;
}

// Put together from parts, so that this file does not hold them itself.
const forbidden: readonly Forbidden[] = [
  {
    what: 'an escape from the types',
    pattern: /^(?!\s*(\*|\/[/*])).*\bas (any|never|unknown as)\b|@ts-(ignore|expect-error|nocheck)/,
    because: 'the border narrows once, inside is exact',
  },
  {
    what: 'unfinished work',
    pattern: new RegExp(`\\b(${['TO', 'FIX', 'X'].map((start, at) => start + ['DO', 'ME', 'XX'][at]).join('|')})\\b|not implemented`, 'i'),
    because: 'unfinished work is an issue, not a comment',
  },
  {
    what: 'a test switched off',
    pattern: /\b(test|it|describe)\.(skip|only|todo|fails)\b/,
    because: 'a test that does not run proves nothing',
  },
  { what: 'an end by force', pattern: /\bprocess\.(exit|abort)\(/, because: 'what was opened is closed and the loop runs empty' },
];

describe('Words', () => {
  test.each(forbidden)('no source holds $what, because $because', ({ pattern }) => {
    const here = 'tests/house/words.test.ts';
    const found = sources.filter((path) => path !== here).flatMap((path) => linesWith(path, pattern));
    expect(found).toEqual([]);
  });

  test('a rule switched off says why, because the next reader must know whether it still holds', () => {
    const found = sources
      .flatMap((path) => linesWith(path, /(oxlint|eslint)-disable(?!.*-- \S)/))
      .filter((line) => !line.startsWith('tests/house/'));
    expect(found).toEqual([]);
  });

  test('no file holds a conflict or a private key, because neither is meant to be there', () => {
    const marker = new RegExp(`^(${'<'.repeat(7)} |${'>'.repeat(7)} )|-----BEGIN [A-Z ]*PRIVATE KEY-----`, 'm');
    expect(files.filter((path) => !path.startsWith('tests/house/') && marker.test(textOf(path)))).toEqual([]);
  });
});

function linesWith(path: string, pattern: RegExp): readonly string[] {
  return textOf(path)
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : []));
}
