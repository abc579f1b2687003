/**
 * Numbers of advisory locks. @see subgraphs/kit/src/store/advisory-locks.ts
 */
import { expect, test } from 'vitest';

import { isTest, packageOf, sources, textOf } from '../support/repository.ts';

test('a space of advisory locks belongs to one package, because two that share one wait for each other for ever', () => {
  const uses = sources
    .filter((path) => !isTest(path))
    .flatMap((path) =>
      [
        ...textOf(path)
          .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|(?<=\d)_(?=\d)/g, '')
          .matchAll(/\b68457\d\d\b|\b68458\d\d\b/g),
      ].map(([space]) => [space, packageOf(path)] as const),
    );
  const spaces = Map.groupBy(uses, ([space]) => space);
  expect(spaces.size).toBeGreaterThan(4);
  const shared = [...spaces].map(([space, by]) => [space, [...new Set(by.map(([, owner]) => owner))]] as const);
  expect(shared.filter(([, owners]) => owners.length > 1)).toEqual([]);
});
