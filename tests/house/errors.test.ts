/**
 * Failures have codes from one closed list. @see design/style.md «Refusals are values, faults are exceptions»
 */
import { errorCodes } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { isTest, sources, textOf } from '../support/repository.ts';

const listed = new Set(Object.keys(errorCodes));
const running = sources.filter((path) => !isTest(path) && path !== 'schema/src/errors.ts');

describe('Error codes', () => {
  test('a code in an error’s extensions is on the list, because callers match on it', () => {
    const wrong = running.flatMap((path) =>
      [...textOf(path).matchAll(/extensions:\s*\{[^}]*\bcode:\s*'([^']+)'/g)].flatMap(([, code = '']) =>
        listed.has(code) ? [] : [`${path}: ${code}`],
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('every listed code is used, because a code nobody throws is a promise nobody keeps', () => {
    const all = running.map(textOf).join('\n');
    expect([...listed].filter((code) => !new RegExp(`['"]${code}['"]`).test(all))).toEqual([]);
  });
});
