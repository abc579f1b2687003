/**
 * What is kept of documents weighs what it takes: their text, blanks and remarks among it.
 */
import { buildSchema, parse } from 'graphql';
import { expect, test } from 'vitest';

import { Documents } from './documents.ts';

const schema = buildSchema('type Query { a: Int }');

test('a long text makes room for itself, however little it says', async () => {
  const documents = new Documents(1_000);
  await documents.set('one', parse('{ a }'));
  await documents.set('two', parse(`{ a${' '.repeat(900)} }`));
  expect(await documents.get('one')).toBeDefined();
  await documents.set('three', parse(`{ a }#${'-'.repeat(900)}\n`));
  expect(await documents.get('two')).toBeUndefined();
});

test('a text is read once, if the schema allows it', async () => {
  const documents = new Documents();
  expect(documents.read('b', '{ b }', schema)).toBeUndefined();
  const read = documents.read('a', '{ a }', schema);
  expect(read).toBeDefined();
  expect(documents.read('a', '{ a }', schema)).toBe(read);
  // Apollo Server writes the schema's digest before the document's.
  expect(await documents.get('5f3a:a')).toBe(read);
  await documents.delete('5f3a:a');
  expect(await documents.get('a')).toBeUndefined();
});
