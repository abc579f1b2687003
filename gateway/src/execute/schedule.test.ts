/**
 * What each fetch of a plan waits for. @see schedule.ts
 */
import { describe, expect, test } from 'vitest';

import type { FetchNode, PlanNode, PlanSelection } from '../plan/plan-tree.ts';
import { scheduleOf } from './schedule.ts';

const key: readonly PlanSelection[] = [
  {
    kind: 'InlineFragment',
    typeCondition: 'Product',
    selections: [
      { kind: 'Field', name: '__typename' },
      { kind: 'Field', name: 'upc' },
    ],
  },
];

function root(serviceName: string, operation: string, operationKind = 'query'): FetchNode {
  return { kind: 'Fetch', serviceName, operation, operationKind };
}

function entities(serviceName: string, fields: string, path: readonly string[], requires = key): PlanNode {
  const operation = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product { ${fields} } } }`;
  return { kind: 'Flatten', path, node: { kind: 'Fetch', serviceName, operation, operationKind: 'query', requires } };
}

function waits(plan: PlanNode): readonly string[] {
  return scheduleOf(plan).map(({ fetch, after }, place) => `${place} ${fetch.serviceName}: ${after.join(' ')}`.trim());
}

describe('A fetch waits', () => {
  test('for what made its objects and gives what it requires, not for what merely stands before it', () => {
    const plan: PlanNode = {
      kind: 'Sequence',
      nodes: [
        {
          kind: 'Parallel',
          nodes: [root('accounts', '{ me { id } }'), root('products', '{ top { __typename upc } }')],
        },
        entities('reviews', 'reviews { body }', ['top', '@']),
        entities('inventory', 'stock', ['top', '@']),
      ],
    };
    expect(waits(plan)).toEqual(['0 accounts:', '1 products:', '2 reviews: 1', '3 inventory: 1']);
  });

  test('for the field that a computed one requires', () => {
    const weight: readonly PlanSelection[] = [
      {
        kind: 'InlineFragment',
        typeCondition: 'Product',
        selections: [
          { kind: 'Field', name: 'upc' },
          { kind: 'Field', name: 'weight' },
        ],
      },
    ];
    const plan: PlanNode = {
      kind: 'Sequence',
      nodes: [
        root('reviews', '{ top { __typename upc } }'),
        entities('names', 'name', ['top', '@']),
        entities('products', 'weight', ['top', '@']),
        entities('shipping', 'estimate', ['top', '@'], weight),
      ],
    };
    expect(waits(plan)).toEqual(['0 reviews:', '1 names: 0', '2 products: 0', '3 shipping: 0 2']);
  });

  test('for what gives its objects, and for whatever is renamed on the way in', () => {
    const renaming: FetchNode = {
      ...root('a', '{ x { y_1: y } }'),
      outputRewrites: [{ kind: 'KeyRenamer', path: ['x', 'y_1'], renameKeyTo: 'y' }],
    };
    expect(waits({ kind: 'Sequence', nodes: [renaming, root('b', '{ z { w } }'), entities('c', 'v', ['z'])] })).toEqual([
      '0 a:',
      '1 b:',
      '2 c: 0 1',
    ]);
  });

  test('for every mutation before it', () => {
    const plan: PlanNode = {
      kind: 'Sequence',
      nodes: [
        root('a', 'mutation { one { id } }', 'mutation'),
        root('b', 'mutation { two { id } }', 'mutation'),
        entities('c', 'v', ['two']),
      ],
    };
    expect(waits(plan)).toEqual(['0 a:', '1 b: 0', '2 c: 0 1']);
  });

  test('only where its condition holds: the way is told with it', () => {
    const plan: PlanNode = { kind: 'Condition', condition: 'wide', ifClause: root('a', '{ x }'), elseClause: root('b', '{ y }') };
    expect(scheduleOf(plan).map(({ fetch, decisions }) => [fetch.serviceName, decisions])).toEqual([
      ['a', [{ variable: 'wide', wanted: true }]],
      ['b', [{ variable: 'wide', wanted: false }]],
    ]);
  });
});
