import { expect, test } from 'vitest';

import { readExamples } from './province-examples.ts';

const folder = (files: Readonly<Record<string, string>>): Parameters<typeof readExamples>[0] => ({
  names: async () => Object.keys(files),
  text: async (name) => files[name.replace('examples/', '')],
});

test('the province’s queries in the order of their names, and nothing else of the folder', async () => {
  expect(await readExamples(folder({ '01-a.graphql': '{ a }', '02-b.graphql': '{ b }', 'README.md': '#' }))).toEqual(['{ a }', '{ b }']);
});

test('a file that is no query is named', async () => {
  await expect(readExamples(folder({ '01-a.graphql': '{ a' }))).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(/^省份数据 examples\/01-a\.graphql 不是合法的查询：/),
  });
});
