import { Kind, parse } from 'graphql';
import { expect, test, vi } from 'vitest';

import { worksSupergraph } from '../../testing/works.ts';
import { readSupergraph } from '../plan/marks.ts';
import { namedFields } from './fields.ts';
import { checkLimits, usualLimits } from './limits.ts';
import { readOperation } from './operation.ts';

const levels = 16;

/** Every further fragment doubles the work of whoever follows them all. */
const spread = Array.from({ length: levels }, (_, level) => `fragment A${level} on Query { ...A${level + 1} ...A${level + 1} }`);
const document = parse(`{ ...A0 } ${spread.join(' ')} fragment A${levels} on Query { system(code: "1") { code } }`);

function operation(): ReturnType<typeof readOperation> {
  const definition = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new RangeError('no operation');
  return readOperation(readSupergraph(worksSupergraph()), document, { definition, variables: {} });
}

test('fields behind fragments that spread each other are named once', () => {
  expect([...namedFields(operation())].map(({ field }) => field.name)).toEqual(['system', 'code']);
});

test('a fragment is measured once, however often it is spread', () => {
  const asked = operation();
  namedFields(asked);
  const looked = vi.spyOn(asked.fragments, 'get');
  // Far too many root fields: each spread brings them again.
  expect(() => checkLimits(asked, usualLimits)).toThrow('根字段数');
  expect(looked).toHaveBeenCalledTimes(2 * levels + 1);
});
