import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { composeSupergraph } from './codegen/compose-supergraph.ts';
import { readLawFiles } from './codegen/load-contracts.ts';
import { printFinding } from './src/lints/finding.ts';
import { lintContracts } from './src/lints/lint-contracts.ts';
import { readLaw } from './src/read-law.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
const law = readLawFiles();

test('the contract that README.md shows keeps the law and is all it takes', () => {
  const [example = ''] = [...readme.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text]) => text);
  const contracts = [...law.contracts, example];
  expect(lintContracts({ ...law, contracts }).map(printFinding)).toEqual([]);
  const subgraphs = readLaw(contracts, law.shared).map(({ contract: { name }, served }) => ({ name, url: '', sdl: served }));
  expect(composeSupergraph(subgraphs)).toMatch(/^ {2}toyAwards\(.*order: ToyAwardOrder! = PUBLISHED_DESC.*@route\(by: PAGE\)/m);
});

test('every file README.md points to is there', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, path = '']) => path);
  expect(links.length).toBeGreaterThan(2);
  for (const path of links) expect(readFileSync(new URL(path, import.meta.url), 'utf8')).not.toBe('');
});
