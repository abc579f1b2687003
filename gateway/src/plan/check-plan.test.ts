/**
 * Operations whose plan would answer wrongly are refused, by name; what can be planned rightly is. @see check-plan.ts
 */
import { joinsOf } from '@hub/schema';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, test } from 'vitest';

import { composeSmall } from '../testing/small-graph.ts';
import { checkPlan, type PlannedDocument } from './check-plan.ts';
import { readSupergraph } from './marks.ts';
import type { QueryPlan } from './plan-tree.ts';
import { openQueryPlanner } from './query-planner.ts';

/** @returns The plan of an operation that was found right. */
function planned(supergraphSdl: string, text: string): QueryPlan | undefined {
  const document = parse(text);
  const plan = openQueryPlanner(supergraphSdl).plan(document, undefined);
  checkPlan(plan, askedIn(text), joinsOf(readSupergraph(supergraphSdl)));
  return plan;
}

function askedIn(text: string): PlannedDocument {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (operation === null || operation === undefined) throw new TypeError('no operation');
  return { document, operation };
}

const unreachable = composeSmall({
  a: 'type Query { t: T } type T @key(fields: "id", resolvable: false) { id: ID! ext: Int @external own: Int @requires(fields: "ext") }',
  b: 'type T @key(fields: "id") { id: ID! ext: Int }',
});
const byCode = composeSmall({
  a: 'type Query { t: T } type T @key(fields: "id", resolvable: false) @key(fields: "code") { id: ID! code: ID! ext: Int @external own: Int @requires(fields: "ext") }',
  b: 'type T @key(fields: "id") { id: ID! ext: Int }',
});
const interfaces = composeSmall({
  a: 'type Query { n: Int } interface I @key(fields: "id") { id: ID! } type X implements I @key(fields: "id") { id: ID! x: Int }',
  b: 'type Query { i: I } type I @interfaceObject @key(fields: "id", resolvable: false) { id: ID! field: String }',
});
const notes = composeSmall({
  a: `type Query { item: Item } interface Item @key(fields: "id") { id: ID! }
    type Book implements Item @key(fields: "id") { id: ID! } type Film implements Item @key(fields: "id") { id: ID! }`,
  b: 'type Item @interfaceObject @key(fields: "id") { id: ID! note(n: Int): String also: String }',
});
const withArguments = composeSmall({
  a: `type Query { t: T e: E es: [E] } union E = T | U
    type T @key(fields: "id") { id: ID! price(in: Int): Int } type U @key(fields: "id") { id: ID! price(in: Int): Int }`,
  b: `type T @key(fields: "id") { id: ID! price(in: Int): Int @external
      f: Int @requires(fields: "price(in: 3)") g: Int @requires(fields: "price(in: 4)") }
    type U @key(fields: "id") { id: ID! price(in: Int): Int @external u: Int @requires(fields: "price(in: 5)") }`,
  c: 'type T @key(fields: "id") { id: ID! price(in: Int): Int @external h: Int @requires(fields: "price(in: 5)") }',
});

describe('An operation is refused', () => {
  test.for([
    ['that goes back by a key that finds nothing', unreachable, '{ t { own } }', 'a does not find a T by id'],
    ['that asks an interface object that is not found', interfaces, '{ i { ... on X { field } } }', 'b does not find a I by id'],
    [
      'that needs one field in two ways',
      withArguments,
      '{ t { f g } }',
      'T.f needs price(in: 3), and another field of the same object price(in: 4)',
    ],
    ['that needs it so in two subgraphs', withArguments, '{ t { f h } }', 'another field of the same object price(in: '],
    [
      'whose fields would be mixed up',
      notes,
      '{ item { ... on Film { note(n: 1) } ...B } } fragment B on Book { note }',
      'note: note() would',
    ],
    [
      'whose fields would be mixed up under an alias',
      notes,
      'query ($n: Int) { item { ... on Film { also } ... on Book { also: note(n: $n) } } }',
      'also: note(n: $n) would',
    ],
    ['that needs it otherwise than the client asks', withArguments, '{ t { price(in: 1) f } }', 'T.f needs price(in: 3)'],
  ] as const)('%s', ([, supergraph, text, why]) => {
    expect(() => planned(supergraph, text)).toThrow(
      expect.objectContaining({ code: 'CONTRACT_INVALID', messageEn: expect.stringContaining(why) }),
    );
  });

  test('that the plan leaves out', () => {
    const joins = joinsOf(readSupergraph(interfaces));
    const partly: QueryPlan = { kind: 'Fetch', serviceName: 'a', operation: '{n}', operationKind: 'query' };
    expect(() => checkPlan(undefined, askedIn('{ i { id } }'), joins)).toThrow('遗漏了字段 i。');
    expect(() => checkPlan(partly, askedIn('{ n ... { other: i { id } } }'), joins)).toThrow('遗漏了字段 other。');
  });
});

describe('An operation is planned', () => {
  test.for([
    ['that does not go back', unreachable, '{ t { id ext } }'],
    ['that goes back by another key', byCode, '{ t { own } }'],
    ['that stays with the interface object', interfaces, '{ i { field id } }'],
    ['that asks another for what the interface object is', interfaces, '{ i { __typename ... on X { x } } }'],
    ['with aliases of their own', notes, '{ item { ... on Film { film: note(n: 1) } ... on Book { note } again: note(n: 1) } }'],
    ['with the same field on two types', notes, '{ item { ... on Film { note(n: 1) } ... on Book { note(n: 1) also } also } }'],
    ['that needs a field in one way', withArguments, '{ t { f } e { ... on T { g } } }'],
    ['that needs it otherwise for another type', withArguments, '{ e { ... on T { f } ... on U { u } } }'],
    [
      'of which nothing is wanted for sure',
      interfaces,
      'query ($no: Boolean!) { n @skip(if: true) i @include(if: $no) { id } __typename }',
    ],
  ] as const)('%s', ([, supergraph, text]) => {
    expect(() => planned(supergraph, text)).not.toThrow();
  });

  test('goes back by the key that finds', () => {
    expect(JSON.stringify(planned(byCode, '{ t { own } }'))).toContain('{t{__typename id code}}');
  });
});
