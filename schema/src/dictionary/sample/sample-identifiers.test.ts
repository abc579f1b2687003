import { describe, expect, test } from 'vitest';

import { identifierChecks } from '../../identifiers/checks.ts';
import { sampleIdentifiers } from './sample-identifiers.ts';

describe('made-up identifiers', () => {
  test.each([...identifierChecks])('%s: each verifies', (rule, check) => {
    const made = [...sampleIdentifiers(rule, 1), ...sampleIdentifiers(rule, 2)];
    expect(made.length).toBeGreaterThan(1);
    expect(made.map((identifier) => [identifier, check(identifier)])).toEqual(made.map((identifier) => [identifier, undefined]));
  });

  test('none for a rule there is not', () => expect(sampleIdentifiers('elsewhere', 1)).toEqual([]));
});
