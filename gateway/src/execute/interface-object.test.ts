/**
 * What an interface object is stays known, whoever answers last. @see fetch-step.ts
 */
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';

import type { Call } from '../admit/call.ts';
import type { FetchSource } from '../fetch/source.ts';
import { compilePlan } from './compile-plan.ts';
import type { Target } from './place.ts';

const schema = buildSchema(
  'interface Item { id: ID! note: String } type Film implements Item { id: ID! note: String } type Query { item: Item }',
);

const call: Call = {
  grants: 'PUBLIC',
  client: 'test',
  deadlineMs: Infinity,
  signal: new AbortController().signal,
  notes: { incomplete: false, admitted: true, remarks: [] },
};

test('a subgraph that knows the interface alone does not say what an object is', async () => {
  const notes: FetchSource = {
    isOne: true,
    prepare: () => async () => ({ data: { _entities: [{ __typename: 'Item', note: 'seen' }] }, errors: [] }),
  };
  const data: Target = { item: { __typename: 'Film', id: '1' } };
  const fetch = compilePlan(
    {
      kind: 'Flatten',
      path: ['item'],
      node: {
        kind: 'Fetch',
        serviceName: 'notes',
        operationKind: 'query',
        operation: 'query($representations:[_Any!]!){_entities(representations:$representations){... on Item{__typename note}}}',
        requires: [
          {
            kind: 'InlineFragment',
            typeCondition: 'Item',
            selections: [
              { kind: 'Field', name: '__typename' },
              { kind: 'Field', name: 'id' },
            ],
          },
        ],
        inputRewrites: [{ kind: 'ValueSetter', path: ['... on Item', '__typename'], setValueTo: 'Item' }],
      },
    },
    { schema, sources: new Map([['notes', notes]]) },
  );
  await fetch({ variables: {}, conditions: {}, call, data, errors: [] });
  expect(data).toEqual({ item: { __typename: 'Film', id: '1', note: 'seen' } });
});
