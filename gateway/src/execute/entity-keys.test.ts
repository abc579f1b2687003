/**
 * Whose an entity is, told as its representation's text says it.
 */
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';

import type { PlanSelection } from '../plan/plan-tree.ts';
import { compileEntityKeys } from './entity-keys.ts';
import { compileRepresentations } from './representations.ts';
import { compileRewrites } from './rewrite.ts';

const schema = buildSchema('type Query { one: Work } type Work { id: ID! code: String } type Firm { id: ID! code: String }');
const field = (name: string): PlanSelection => ({ kind: 'Field', name });
const by = (typeCondition: string, key: string): PlanSelection => ({
  kind: 'InlineFragment',
  typeCondition,
  selections: [field('__typename'), field(key)],
});
const requires = [by('Work', 'id'), by('Firm', 'code')];
const targets = [
  { __typename: 'Work', id: 'w1', code: 'x' },
  { __typename: 'Firm', id: 'f1', code: 'y' },
  { __typename: 'Work', id: 'w1', code: 'z' },
  { __typename: 'Work', id: 'w2', code: 'x' },
];

test('by the id where the representation says it, wherever the object stands', () => {
  const asked = compileRepresentations(requires, { schema, rewrite: undefined })(targets);
  const keyOf = compileEntityKeys(requires, { schema, isRewritten: false })(asked, targets);
  expect(asked.texts.map((text, index) => [text, keyOf(index)])).toEqual([
    ['{"__typename":"Work","id":"w1"}', { typename: 'Work', id: 'w1' }],
    ['{"__typename":"Firm","code":"y"}', { typename: 'Firm', id: undefined }],
    ['{"__typename":"Work","id":"w2"}', { typename: 'Work', id: 'w2' }],
  ]);
});

test('of one that is rewritten, as it is sent', () => {
  const rewrite = compileRewrites([{ kind: 'ValueSetter', path: ['... on Work', '__typename'], setValueTo: 'Record' }], schema);
  const asked = compileRepresentations(requires, { schema, rewrite })(targets.slice(0, 1));
  const keyOf = compileEntityKeys(requires, { schema, isRewritten: true })(asked, targets);
  expect([asked.texts, keyOf(0)]).toEqual([['{"__typename":"Record","id":"w1"}'], { typename: 'Record', id: 'w1' }]);
});
