import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { faultTexts } from './fault.ts';

test('the README tells exactly the codes there are', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const rows = readme.split('\n').filter((line) => /^\| `[A-Z]/.test(line));
  const told = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, code = '']) => code));
  expect(told.toSorted()).toEqual(Object.keys(faultTexts).toSorted());
});
