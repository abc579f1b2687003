/**
 * The shape of files. @see design/style.md «Files»
 */
import { basename } from 'node:path';

import { describe, expect, test } from 'vitest';

import { isTest, sources, textOf } from '../support/repository.ts';

const wallLines = 250;
const vagueNames = /^(utils?|helpers?|common|types|misc|shared)(\.test)?\.ts$/;
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|prove|config))?\.ts$/;

describe('Files', () => {
  test(`a file has ${wallLines} lines at most, because past that it holds more than one idea`, () => {
    const long = sources.flatMap((path) => {
      const lines = textOf(path).split('\n').length - 1;
      return lines > wallLines ? [`${path}: ${lines}`] : [];
    });
    expect(long).toEqual([]);
  });

  test('a file begins with what it is for, because a reader decides there whether to go on', () => {
    expect(sources.filter((path) => !isTest(path) && !textOf(path).startsWith('/**'))).toEqual([]);
  });

  test('a file is named for its idea in kebab-case, because a vague name attracts everything', () => {
    const named = sources.map((path) => ({ path, name: basename(path) }));
    expect(named.filter(({ name }) => vagueNames.test(name) || !kebabCase.test(name)).map(({ path }) => path)).toEqual([]);
  });

  test('index.ts stands only at a package’s door, because elsewhere it hides where a thing lives', () => {
    const doors =
      /^(schema\/src|gateway\/src|subgraphs\/[a-z]+\/src|gateway\/src\/testing|subgraphs\/kit\/src\/(process|testing)|subgraphs\/(exchange|verifier)\/src\/testing|tests\/conformance\/suite\/src)\/index\.ts$/;
    expect(sources.filter((path) => basename(path) === 'index.ts' && !doors.test(path))).toEqual([]);
  });
});
