import { expect, test } from 'vitest';

import { nestsDeeper } from './nesting.ts';

const isDeep = (text: string): boolean => nestsDeeper(Buffer.from(text), 3);

test.each([
  ['{"a":[{"b":1}]}', false],
  ['{"a":[{"b":[1]}]}', true],
  ['[[[]],[[]],[[]]]', false],
  ['{"a":"[[[[[{{{{\\"[[[["}', false],
  ['{"a":"\\\\"},[[[[', true],
  ['{"a":"[[[[', false],
  ['', false],
])('%s', (text, expected) => expect(isDeep(text)).toBe(expected));

test('of 12 MiB it tells in a moment', { timeout: 5000 }, () => {
  expect(isDeep(`{"a":"${'['.repeat(12 * 1024 * 1024)}"}`)).toBe(false);
});
