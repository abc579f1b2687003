import { Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';

import { worksSupergraph } from '../../testing/works.ts';
import { readSupergraph } from '../plan/marks.ts';
import { admit } from './admit.ts';
import { usualLimits } from './limits.ts';

const schema = readSupergraph(worksSupergraph());

function refusalOf(query: string, variables: Record<string, unknown> = {}): string | undefined {
  const document = parse(query);
  const definition = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('no operation');
  try {
    admit(schema, { document, definition, variables, grants: 'PUBLIC' }, usualLimits);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? `${String(error.code)} ${error.message}` : String(error);
  }
}

const codes = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `C${index}`);
const inVariable = 'query($codes: [String!]) { works(filter: { code: { in: $codes } }) { totalCount } }';

describe('bounds of a filter', () => {
  test('a list takes 100 values, written out or in a variable', () => {
    expect(refusalOf(inVariable, { codes: codes(100) })).toBeUndefined();
    const refusal = 'FILTER_INVALID 筛选条件过大：works(filter).code.in 最多 100 个值。请缩小或分几次查询。';
    expect(refusalOf(inVariable, { codes: codes(101) })).toBe(refusal);
    expect(refusalOf(`{ works(filter: { code: { in: ${JSON.stringify(codes(101))} } }) { totalCount } }`)).toBe(refusal);
  });

  test('all lists of a query together take 300', () => {
    const query = `query($codes: [String!]) { ${['a', 'b', 'c', 'd'].map((key) => `${key}: works(filter: { code: { in: $codes } }) { totalCount }`).join(' ')} }`;
    expect(refusalOf(query, { codes: codes(75) })).toBeUndefined();
    expect(refusalOf(query, { codes: codes(76) })).toMatch(/^FILTER_INVALID .*合计最多 300 个值/);
  });

  test('a text takes 200 characters; cursors and ids are no filters', () => {
    const query = 'query($text: String!) { works(filter: { title: { text: $text } }) { totalCount } }';
    expect(refusalOf(query, { text: '公'.repeat(200) })).toBeUndefined();
    expect(refusalOf(query, { text: '公'.repeat(201) })).toMatch(/^FILTER_INVALID .*works\(filter\)\.title\.text 文字最长 200 个字符/);
    expect(refusalOf('query($after: String) { works(after: $after) { totalCount } }', { after: 'x'.repeat(5000) })).toBeUndefined();
  });
});
