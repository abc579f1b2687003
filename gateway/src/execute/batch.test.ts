/**
 * Which fetches go in one request, and what it says. @see batch.ts
 */
import { describe, expect, test } from 'vitest';

import type { PlanSelection } from '../plan/plan-tree.ts';
import { batchesOf, entityQuestion } from './batch.ts';
import type { Task } from './schedule.ts';

const requires: readonly PlanSelection[] = [
  {
    kind: 'InlineFragment',
    typeCondition: 'Product',
    selections: [
      { kind: 'Field', name: '__typename' },
      { kind: 'Field', name: 'upc' },
    ],
  },
];

interface Given {
  readonly fields: string;
  readonly path: readonly string[];
  readonly after?: readonly number[];
  readonly serviceName?: string;
  readonly variable?: string;
}

function entities({ fields, path, after = [], serviceName = 'products', variable }: Given): Task {
  const declared = variable === undefined ? '' : `, $${variable}: Int`;
  const operation = `query($representations: [_Any!]!${declared}) { _entities(representations: $representations) { ... on Product { ${fields} } } }`;
  const variableUsages = variable === undefined ? [] : [variable];
  return { fetch: { kind: 'Fetch', serviceName, operation, operationKind: 'query', requires, variableUsages }, path, decisions: [], after };
}

const root: Task = {
  fetch: { kind: 'Fetch', serviceName: 'users', operation: '{ users { id } }', operationKind: 'query' },
  path: [],
  decisions: [],
  after: [],
};

describe('Fetches of one plan', () => {
  const tasks = [
    root,
    entities({ fields: 'name', path: ['users', '@', 'wants'], after: [0] }),
    entities({ fields: 'stock', path: ['users', '@', 'wants'], after: [0], serviceName: 'inventory' }),
    entities({ fields: 'name', path: ['top', '@'], after: [0] }),
    entities({ fields: 'price', path: ['top', '@'], after: [3] }),
  ];

  test('of one endpoint go together when they may be asked at the same time', () => {
    const batches = batchesOf(tasks, () => true);
    expect(batches.map(({ tasks: joined, after }) => [joined.map((task) => tasks.indexOf(task)), after])).toEqual([
      [[0], []],
      [[1, 3], [0]],
      [[2], [0]],
      [[4], [1]],
    ]);
  });

  test('of a contract that systems answer stay apart: none waits for what another waits for', () => {
    const batches = batchesOf(tasks, (name) => name !== 'products');
    expect(batches.map(({ tasks: joined }) => joined.length)).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('The question', () => {
  test('of one fetch is the plan’s own', () => {
    const task = entities({ fields: 'name', path: ['top', '@'] });
    const { query, slots } = entityQuestion([task]);
    expect([query, slots.map(({ alias, variable }) => [alias, variable])]).toEqual([
      task.fetch.operation,
      [['_entities', 'representations']],
    ]);
  });

  test('of several asks each selection once, for all places where it is wanted', () => {
    const { query, slots, variableUsages } = entityQuestion([
      entities({ fields: 'name', path: ['users', '@', 'wants'] }),
      entities({ fields: 'reviews(first: $r0) { body }', path: ['top', '@'], variable: 'r0' }),
      entities({ fields: 'name', path: ['top', '@'] }),
    ]);
    expect(query).toBe(
      'query($r_0:[_Any!]!$r_1:[_Any!]!$r0:Int){e0:_entities(representations:$r_0){...on Product{name}}' +
        'e1:_entities(representations:$r_1){...on Product{reviews(first:$r0){body}}}}',
    );
    expect(slots.map(({ alias, paths }) => [alias, paths])).toEqual([
      [
        'e0',
        [
          ['users', '@', 'wants'],
          ['top', '@'],
        ],
      ],
      ['e1', [['top', '@']]],
    ]);
    expect(variableUsages).toEqual(['r0']);
  });
});
