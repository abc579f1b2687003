import { Kind, print } from 'graphql';
import { describe, expect, test } from 'vitest';

import { law } from './law.ts';
import { serveContracts } from './serve-contracts.ts';

const stub = 'type Ball implements Record @key(fields: "id", resolvable: false) { id: ID! name: String @external }';
const ball = 'type Ball implements Record @key(fields: "id") { id: ID! name: String }';
const shared = 'scalar Date';

function serve(...served: readonly string[]): readonly string[] {
  return serveContracts(served).definitions.map((node) => print(node).replaceAll(/\s+/g, ' '));
}

describe('several contracts as one schema (design/architecture.md «Composition»)', () => {
  test('shared parts once, roots side by side', () => {
    expect(serve(`${shared} "查询" type Query { a: Date }`, `${shared} type Query { b: Date }`)).toEqual([
      'scalar Date',
      'extend type Query { a: Date }',
      'extend type Query { b: Date }',
    ]);
  });

  test.each([
    ['after it', [stub, ball]],
    ['before it', [ball, stub]],
  ])('a stub gives way to the type itself, when that comes %s', (_, served) => {
    expect(serve(...served)).toEqual(['type Ball implements Record @key(fields: "id") { id: ID! name: String }']);
  });

  test('a stub stays where nobody serves the type', () => {
    expect(serve(stub)).toEqual(['type Ball implements Record @key(fields: "id", resolvable: false) { id: ID! name: String @external }']);
  });

  test('one link to federation, and a directive is not mistaken for a type of the same name', () => {
    const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")';
    expect(serve(`${link} directive @Date on FIELD ${shared}`, `${link} directive @Date on FIELD`)).toEqual([
      link,
      'directive @Date on FIELD',
      'scalar Date',
    ]);
  });
});

test('the partitioned contracts of the law, together: every record in full, none twice, no stub left of theirs', () => {
  const partitioned = law().contracts.filter(({ contract }) => contract.partitioned);
  const { definitions } = serveContracts(partitioned.map(({ served }) => served));
  const types = definitions.flatMap((node) => (node.kind === Kind.OBJECT_TYPE_DEFINITION ? [node] : []));
  const names = types.map(({ name }) => name.value);
  expect(new Set(names).size).toBe(names.length);
  const stubs = types.filter((type) => print(type).includes('resolvable: false')).map(({ name }) => name.value);
  expect(stubs.toSorted()).toEqual(['MarketEntity', 'System']);
  expect(names).toEqual(expect.arrayContaining(partitioned.flatMap(({ contract }) => contract.datasets.map(({ type }) => type))));
});
