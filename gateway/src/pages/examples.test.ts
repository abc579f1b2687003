import { readFileSync } from 'node:fs';

import { Kind, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import { worksSupergraph } from '../../testing/works.ts';
import { admit } from '../admit/admit.ts';
import { usualLimits } from '../admit/limits.ts';
import { readSupergraph } from '../plan/marks.ts';
import { allExamples, examplesFor } from './examples.ts';

const schema = readSupergraph(readFileSync(new URL('../../../schema/generated/supergraph.graphql', import.meta.url), 'utf8'));

describe('the explorer’s examples', () => {
  test.each(allExamples().map((query) => [/query (\w+)/.exec(query)?.[1], query] as const))(
    '%s can be asked by anybody',
    (_name, query) => {
      const document = parse(query);
      expect(validate(schema, document)).toEqual([]);
      const definition = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
      if (definition === undefined) throw new Error('no operation');
      admit(schema, { document, definition, variables: {}, grants: 'PUBLIC' }, usualLimits);
    },
  );

  test('of another graph only what it can answer is shown, or a hint', () => {
    const other = examplesFor(readSupergraph(worksSupergraph()));
    expect(other).toEqual(allExamples().filter((text) => text.includes('TradingSystems')));
    expect(examplesFor(readSupergraph('type Query { a: String }'))).toEqual([expect.stringContaining('__typename')]);
  });
});
