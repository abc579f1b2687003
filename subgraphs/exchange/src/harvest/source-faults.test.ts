/**
 * The codes of faults are told in one place. @see README «采集 Harvest»
 */
import { readFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { excerpt, sourceFaults } from './source-faults.ts';

test('the README tells exactly the codes there are, in both languages, because a city’s engineers look there', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const table = readme.slice(readme.indexOf('### 坏的来源')).matchAll(/^\| `([A-Z_\d]+)` \| (.+?) \*(.+?)\* \|/gm);
  const told = [...table].map(([, code, zh, en]) => [code, zh, en]);
  expect(told).toEqual(Object.entries(sourceFaults).map(([code, { zh, en }]) => [code, zh, en]));
});

test('evidence is one line that any log and any page can hold', () => {
  expect(excerpt(`\0<html>\r\n\uD800${'x'.repeat(500)}`)).toBe(`<html> ${'x'.repeat(390)}…`);
});
