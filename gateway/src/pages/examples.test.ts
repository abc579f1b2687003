import { readdirSync, readFileSync } from 'node:fs';

import { Kind, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import { worksSupergraph } from '../../testing/works.ts';
import { admit } from '../admit/admit.ts';
import { usualLimits } from '../admit/limits.ts';
import { readSupergraph } from '../plan/marks.ts';
import { examplesFor } from './examples.ts';

const schema = readSupergraph(readFileSync(new URL('../../../schema/generated/supergraph.graphql', import.meta.url), 'utf8'));
const folder = new URL('../../../schema/province/examples/', import.meta.url);
const examples = readdirSync(folder)
  .toSorted()
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

describe('the explorer’s examples', () => {
  test.each(examples)('$name can be asked by anybody, under a Chinese label and a name of its own', ({ text }) => {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    const definition = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    if (definition === undefined) throw new Error('no operation');
    admit(schema, { document, definition, variables: {}, grants: 'PUBLIC' }, usualLimits);
    expect(examplesFor(schema, [text])).toEqual([
      { query: text, operation: definition.name?.value, label: expect.stringMatching(/^\p{Script=Han}+$/u) },
    ]);
  });

  test('no two have one name', () => {
    const operations = examplesFor(
      schema,
      examples.map(({ text }) => text),
    ).map(({ operation }) => operation);
    expect(new Set(operations).size).toBe(examples.length);
    expect(examples.length).toBeGreaterThan(5);
  });

  test('of another graph only what it can answer is shown, or a hint', () => {
    const all = ['# 甲\nquery A { systems { code } }', '# 乙\nquery B { nowhere }'];
    expect(examplesFor(readSupergraph(worksSupergraph()), all)).toEqual([{ query: all[0], operation: 'A', label: '甲' }]);
    const hint = [expect.objectContaining({ query: expect.stringContaining('__typename') })];
    expect(examplesFor(readSupergraph('type Query { a: String }'), all)).toEqual(hint);
    expect(examplesFor(schema, [])).toEqual(hint);
  });
});
