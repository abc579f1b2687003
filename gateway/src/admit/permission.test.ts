import { type GraphQLSchema, Kind, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import { readSupergraph, type Visibility } from '../plan/marks.ts';
import { admit } from './admit.ts';
import { usualLimits } from './limits.ts';

const schema = readSupergraph(`
  directive @visibility(to: Visibility!) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
  enum Visibility { PUBLIC GOVERNMENT RESTRICTED }
  type Query {
    deals(filter: DealFilter @visibility(to: PUBLIC), order: DealOrder! = TITLE @visibility(to: PUBLIC), secretly: Boolean @visibility(to: GOVERNMENT)): [Deal!]! @visibility(to: PUBLIC)
    anything: Record @visibility(to: PUBLIC)
    plain: String
  }
  interface Record { id: ID! @visibility(to: PUBLIC) phone: String @visibility(to: PUBLIC) }
  type Deal implements Record { id: ID! @visibility(to: PUBLIC) title: String @visibility(to: PUBLIC) code: String @visibility(to: GOVERNMENT) phone: String @visibility(to: PUBLIC) }
  type Person implements Record { id: ID! @visibility(to: PUBLIC) phone: String @visibility(to: RESTRICTED) }
  input TextFilter { in: [String!] @visibility(to: PUBLIC) near: String @visibility(to: RESTRICTED) }
  input DealFilter { title: TextFilter @visibility(to: PUBLIC) code: TextFilter @visibility(to: GOVERNMENT) any: [DealFilter!] @visibility(to: PUBLIC) }
  enum DealOrder { TITLE @visibility(to: PUBLIC) CODE @visibility(to: GOVERNMENT) }
`);

/** What is refused, or undefined. */
function refusal(
  query: string,
  variables: Record<string, unknown> = {},
  grants: Visibility = 'PUBLIC',
  law: GraphQLSchema = schema,
): string | undefined {
  const document = parse(query);
  expect(validate(law, document)).toEqual([]);
  const definition = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('no operation');
  try {
    admit(law, { document, definition, variables, grants }, usualLimits);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? `${String(error.code)} ${error.message}` : String(error);
  }
}

const forbidden = (...names: string[]) => `FORBIDDEN 当前身份无权查询：${names.join('、')}。`;

describe('graph.md «Who sees what»', () => {
  test.each([
    ['a field', '{ deals { title code } }', {}, forbidden('Deal.code')],
    ['a field under an alias', '{ deals { title: code } }', {}, forbidden('Deal.code')],
    ['a field in a fragment', '{ deals { ...F } } fragment F on Deal { ... on Deal { code } }', {}, forbidden('Deal.code')],
    ['a field in a fragment on an interface', '{ deals { ... on Record { phone } } }', {}, forbidden('Record.phone')],
    ['an interface field, by its strictest implementation', '{ anything { id phone } }', {}, forbidden('Record.phone')],
    ['a field of one implementation', '{ anything { ... on Person { phone } } }', {}, forbidden('Person.phone')],
    ['an argument', '{ deals(secretly: true) { id } }', {}, forbidden('Query.deals(secretly:)')],
    ['a filter written out', '{ deals(filter: { code: { in: ["1"] } }) { id } }', {}, forbidden('DealFilter.code')],
    [
      'a filter in a variable',
      'query($f: DealFilter) { deals(filter: $f) { id } }',
      { f: { code: { in: ['1'] } } },
      forbidden('DealFilter.code'),
    ],
    [
      'a filter that a list of one was coerced from',
      'query($f: DealFilter) { deals(filter: $f) { id } }',
      { f: { any: { code: {} } } },
      forbidden('DealFilter.code'),
    ],
    [
      'a nested filter in a variable inside a literal',
      'query($t: TextFilter) { deals(filter: { title: $t }) { id } }',
      { t: { near: 'x' } },
      forbidden('TextFilter.near'),
    ],
    ['a variable’s default', 'query($f: DealFilter = { code: {} }) { deals(filter: $f) { id } }', {}, forbidden('DealFilter.code')],
    ['an order written out', '{ deals(order: CODE) { id } }', {}, forbidden('DealOrder.CODE')],
    ['an order in a variable', 'query($o: DealOrder!) { deals(order: $o) { id } }', { o: 'CODE' }, forbidden('DealOrder.CODE')],
    [
      'everything at once, each named once',
      '{ deals(order: CODE) { code again: code } anything { phone } }',
      {},
      forbidden('Deal.code', 'DealOrder.CODE', 'Record.phone'),
    ],
    ['a skipped field: the question alone is refused', '{ deals { code @skip(if: true) } }', {}, forbidden('Deal.code')],
  ])('refuses %s', (_name, query, variables, expected) => {
    expect(refusal(query, variables)).toBe(expected);
  });

  test.each([
    ['a public query', '{ deals(filter: { title: { in: ["1"] } }, order: TITLE) { id title __typename } }', {}, 'PUBLIC'],
    ['what a grant allows', 'query($o: DealOrder!) { deals(order: $o, filter: { code: {} }) { code } }', { o: 'CODE' }, 'GOVERNMENT'],
    ['everything to the highest grant', '{ anything { phone } deals(filter: { title: { near: "x" } }) { code } }', {}, 'RESTRICTED'],
    ['fields of which the law says nothing', '{ plain }', {}, 'PUBLIC'],
    ['introspection', '{ __schema { types { name } } __type(name: "Deal") { fields { name } } }', {}, 'PUBLIC'],
  ] as const)('admits %s', (_name, query, variables, grants) => {
    expect(refusal(query, variables, grants)).toBeUndefined();
  });

  test('a grant does not include the next one', () => {
    expect(refusal('{ anything { phone } deals { code } }', {}, 'GOVERNMENT')).toBe(forbidden('Record.phone'));
  });

  test('names that begin with two underscores are no aliases', () => {
    expect(refusal('{ deals { __typename: title } }')).toMatch(/^QUERY_INVALID /);
  });

  test('variables that do not fit are refused before anything is asked', () => {
    expect(refusal('query($o: DealOrder!) { deals(order: $o) { id } }', { o: 'NONSENSE' })).toMatch(/^QUERY_INVALID /);
  });
});
