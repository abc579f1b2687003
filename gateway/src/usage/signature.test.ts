/**
 * A signature holds what an operation asks for and nothing its caller chose; coordinates hold what it uses of the schema.
 * @see schema/PROTOCOL.md 12
 */
import { buildSchema, Kind, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import { coordinatesOf } from './coordinates.ts';
import { addGiven, tellingVariables } from './given.ts';
import { type Admitted, signatureOf } from './signature.ts';

const schema = buildSchema(`
  scalar Text
  enum Order { ASC DESC }
  enum Copies { INCLUDE EXCLUDE }
  input TextFilter { contains: Text in: [Text!] }
  input WorkFilter { title: TextFilter copies: Copies = INCLUDE and: [WorkFilter!] }
  interface Node { id: ID! }
  type Work implements Node { id: ID! title: String parts(first: Int, deep: Boolean): [Work!] }
  type Query { works(filter: WorkFilter, order: [Order!], first: Int): [Work!] node(id: ID!): Node }
`);

function admitted(source: string, name?: string): Admitted {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const definition = operations.find((one) => name === undefined || one.name?.value === name);
  if (definition === undefined) throw new Error('no operation');
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return { schema, definition, fragments: new Map(fragments.map((one) => [one.name.value, one])) };
}
const signed = (source: string, name?: string): string => signatureOf(admitted(source, name));
const used = (source: string, name?: string): readonly string[] => coordinatesOf(admitted(source, name));

describe('A signature', () => {
  test('is one line of the words of the schema', () => {
    expect(
      signed(`query Secret($secret: WorkFilter = { title: { contains: "secret" } }, $n: Int) {
        # secret
        secret: works(order: DESC, first: $n, filter: $secret) { title secret: parts(first: 7, deep: true) { id } }
        node(id: "secret") { ... on Work { ...Secret } __typename }
      }
      fragment Secret on Work { title }`),
    ).toBe(
      'query { node(id: "") { ... on Work { ...Ffbcc92dd4bba } __typename } ' +
        'works(filter: $WorkFilter, first: $Int, order: [DESC]) { parts(deep: "", first: 0) { id } title } } ' +
        'fragment Ffbcc92dd4bba on Work { title }',
    );
  });

  test.each([
    ['order, aliases, names and space', '{ works { id title } }', 'query X { b: works { title, t: title id } }'],
    ['literals and lists', '{ works(filter: { title: { in: ["a"] } }) { id } }', '{ works(filter: { title: { in: ["b", "c"] } }) { id } }'],
    ['names of variables', 'query ($a: Int) { works(first: $a) { id } }', 'query ($b: Int) { works(first: $b) { id } }'],
    ['names of fragments', '{ works { ...A } } fragment A on Work { id }', '{ works { ...B } } fragment B on Work { id }'],
    ['fragments that group nothing', '{ works { ... { id } title } }', '{ works { title id } }'],
    ['other operations of the document', 'query A { works { id } } query B { node(id: 1) { id } }', '{ works { id } }'],
  ])('is the same whatever the %s', (_, one, another) => {
    expect(signed(one)).toBe(signed(another));
  });

  test.each([
    ['fields', '{ works { id } }', '{ works { title } }'],
    ['enum values', '{ works(order: ASC) { id } }', '{ works(order: DESC) { id } }'],
    ['input fields', '{ works(filter: { title: { in: [] } }) { id } }', '{ works(filter: { title: { contains: "" } }) { id } }'],
    ['fragments', '{ works { ...A } } fragment A on Work { id }', '{ works { ...A } } fragment A on Work { title }'],
  ])('is another for other %s', (_, one, another) => {
    expect(signed(one)).not.toBe(signed(another));
  });

  test('is cut when it is long, and stays short where fragments double each other', () => {
    const deep = Array.from({ length: 90 }, (_, depth) => `${'parts { '.repeat(depth + 1)}id${' }'.repeat(depth + 1)}`);
    const long = signed(`{ works { ${deep.map((one, place) => `a${place}: ${one}`).join(' ')} } }`);
    expect([long.length, long.at(-1)]).toEqual([20_000, '…']);
    const doubling = Array.from(
      { length: 40 },
      (_, at) => `fragment F${at} on Work { parts { ...F${at + 1} } ... { parts { ...F${at + 1} } } }`,
    );
    expect(signed(`{ works { ...F0 } } ${doubling.join(' ')} fragment F40 on Work { id }`).length).toBeLessThan(4000);
  });
});

describe('Coordinates', () => {
  test('are fields, arguments, input fields, enum values and types that the document names', () => {
    expect(
      used(`query ($f: TextFilter = { contains: "secret" }) {
        works(filter: { title: $f, copies: EXCLUDE }, order: [ASC]) { id ...P }
        node(id: "secret") { ... on Work { __typename } }
      }
      fragment P on Work { parts { title } }`),
    ).toEqual([
      'Copies.EXCLUDE',
      'Order.ASC',
      'Query.node',
      'Query.node(id:)',
      'Query.works',
      'Query.works(filter:)',
      'Query.works(order:)',
      'TextFilter',
      'TextFilter.contains',
      'Work',
      'Work.id',
      'Work.parts',
      'Work.title',
      'WorkFilter.copies',
      'WorkFilter.title',
    ]);
  });

  test('are those of the operation that runs; GraphQL’s own are none', () => {
    const two = 'query A { works { ...A } } query B { node(id: 1) { ...B } } fragment A on Work { id } fragment B on Node { id }';
    expect(used(two, 'B')).toEqual(['Node', 'Node.id', 'Query.node', 'Query.node(id:)']);
    expect(used('{ __typename __schema { types { name } } __type(name: "secret") { name } }')).toEqual([]);
  });

  test('of variables are names of input fields and enum values, however deep; never a value', () => {
    const { definition } = admitted('query ($f: WorkFilter, $o: [Order!], $n: Int) { works(filter: $f, order: $o, first: $n) { id } }');
    const given = new Set<string>();
    const f = { and: [{ title: { in: ['secret', 'ASC'] }, copies: null }], secret: { title: 'secret' } };
    addGiven(tellingVariables(schema, definition), { f, o: 'DESC', n: 5, secret: 'secret' }, given);
    addGiven(tellingVariables(schema, definition), { o: ['secret', 'toString'], f: 'secret' }, given);
    expect([...given].toSorted()).toEqual(['Order.DESC', 'TextFilter.in', 'WorkFilter.and', 'WorkFilter.copies', 'WorkFilter.title']);
  });
});
