import { expect, test } from 'vitest';

import { checkLegalCode } from './legal-code.ts';

test.each([
  ['a credit code', '12350100MB02709751', undefined],
  ['a credit code with a wrong check', '91359128593462349A', 'CHECK_CHARACTER'],
  ['an organisation code', 'MB0270975', undefined],
  ['an organisation code with its hyphen', '78476538-5', undefined],
  ["a person's number", '11010519491231002X', 'CHECK_CHARACTER'],
  ["a foreign body's own number", '1'.repeat(12), 'SHAPE'],
])('%s (standard/identifiers.md 4, 5)', (_, code, fault) => {
  expect(checkLegalCode(code)).toBe(fault);
});
