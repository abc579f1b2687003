/**
 * What subgraphs are told of entities. @see representations.ts
 */
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';

import { compileRepresentations } from './representations.ts';
import { compileRewrites } from './rewrite.ts';

const schema = buildSchema(
  'interface Item { id: ID! } type Book implements Item { id: ID! } type Film implements Item { id: ID! } type Query { item: Item }',
);
const requires = [
  {
    kind: 'InlineFragment',
    typeCondition: 'Film',
    selections: [
      { kind: 'Field', name: '__typename' },
      { kind: 'Field', name: 'id' },
    ],
  },
] as const;

test('an object of another type is not told, though its interface is written for it', () => {
  const rewrite = compileRewrites([{ kind: 'ValueSetter', path: ['... on Item', '__typename'], setValueTo: 'Item' }], schema);
  const represent = compileRepresentations(requires, { schema, rewrite });
  expect(
    represent([
      { __typename: 'Book', id: '1' },
      { __typename: 'Film', id: '2' },
    ]),
  ).toEqual({ texts: ['{"__typename":"Item","id":"2"}'], targets: [[1]] });
});
