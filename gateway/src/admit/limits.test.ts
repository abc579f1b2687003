import { getIntrospectionQuery, Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';

import { worksSupergraph } from '../../testing/works.ts';
import { readSupergraph } from '../plan/marks.ts';
import { admit } from './admit.ts';
import { usualLimits } from './limits.ts';

const schema = readSupergraph(worksSupergraph());
const limits = { ...usualLimits, maxDepth: 6, maxAliases: 3, maxRootFields: 3, maxCost: 1000 };

function codeOf(query: string, variables: Record<string, unknown> = {}): string | undefined {
  const document = parse(query);
  const definition = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('no operation');
  try {
    admit(schema, { document, definition, variables, grants: 'PUBLIC' }, limits);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

const whatToolsAsk = getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, oneOf: true, specifiedByUrl: true });

describe('bounds of an operation', () => {
  test.each([
    ['too deep', '{ works(first: 1) { nodes { siblings { siblings { siblings { siblings { code } } } } } } }'],
    ['too many aliases', '{ a: system(code: "1") { code } system(code: "1") { a: name b: name c: name } }'],
    ['too many root fields', '{ a: __typename b: __typename c: __typename d: __typename }'],
    ['too many root fields behind a fragment', '{ ...F } fragment F on Query { a: __typename b: __typename c: __typename d: __typename }'],
    ['too dear a page', '{ works(first: 100) { nodes { siblings { code title } } } }'],
    [
      'fragments that spread each other',
      `{ works(first: 50) { nodes { ...A } } } ${['A', 'B', 'C'].map((name, index) => `fragment ${name} on Work { code title ...${['B', 'C', 'D'][index]} ...${['B', 'C', 'D'][index]} }`).join(' ')} fragment D on Work { code title secretly: code }`,
    ],
    ['too many type names', '{ works(first: 1) { nodes { a: __typename b: __typename c: __typename d: __typename } } }'],
    ['a page of type names', `{ works(first: 100) { nodes { siblings { siblings { __typename } } } } }`],
    ['fragments inside each other', `{ ${'... { '.repeat(60)} __typename ${'}'.repeat(60)} }`],
    [
      'the schema four times over',
      whatToolsAsk.replace(/types \{\s*\.\.\.FullType\s*\}/, (types) => ['', 'b: ', 'c: ', 'd: '].map((alias) => alias + types).join(' ')),
    ],
    ['aliases inside introspection', '{ __schema { a: types { name } b: types { name } c: types { name } d: types { name } } }'],
    ['types of types of types', `{ __type(name: "Work") { ${'fields { type { '.repeat(5)} name ${'} }'.repeat(5)} } }`],
  ])('%s: QUERY_TOO_LARGE', (_name, query) => {
    expect(codeOf(query)).toBe('QUERY_TOO_LARGE');
  });

  test('what tools ask about the schema is not too much', () => {
    expect(codeOf(whatToolsAsk)).toBeUndefined();
  });

  test('a page that is dear only by its variable is measured by it', () => {
    const query = 'query($n: Int!) { works(first: $n) { nodes { siblings { code title } } } }';
    expect(codeOf(query, { n: 5 })).toBeUndefined();
    expect(codeOf(query, { n: 100 })).toBe('QUERY_TOO_LARGE');
  });

  test.each([
    ['0', '{ works(first: 0) { totalCount } }', {}],
    ['101', '{ works(first: 101) { totalCount } }', {}],
    ['-1 in a variable', 'query($n: Int!) { works(first: $n) { totalCount } }', { n: -1 }],
    ['101 as a default', 'query($n: Int! = 101) { works(first: $n) { totalCount } }', {}],
    ['1000 in a fragment', '{ ...F } fragment F on Query { ... { works(first: 1000) { totalCount } } }', {}],
  ])('a page of %s: PAGE_SIZE_INVALID', (_name, query, variables) => {
    expect(codeOf(query, variables)).toBe('PAGE_SIZE_INVALID');
  });

  test.each([
    ['1', '{ works(first: 1) { totalCount } }', {}],
    ['100', '{ works(first: 100) { nodes { code } } }', {}],
    ['the default', '{ works { nodes { code } } }', {}],
    ['the default, by a variable that is not given', 'query($n: Int) { works(first: $n) { totalCount } }', {}],
  ])('a page of %s is fine', (_name, query, variables) => {
    expect(codeOf(query, variables)).toBeUndefined();
  });
});
