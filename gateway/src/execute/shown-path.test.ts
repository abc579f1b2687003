/** @see shown-path.ts */
import { Kind, parse } from 'graphql';
import { expect, test } from 'vitest';

import { compileShownPath } from './shown-path.ts';

const { definitions } = parse(`
  query { works { called: title upc: name price @skip(if: true) ...More } }
  fragment More on Work { ... on Book { pages { number } } }
`);
const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
const fragments = definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : []));

test.each([
  ['an alias', ['works', 0, 'called'], ['works', 0, 'called']],
  ['a field of a fragment in a fragment', ['works', 3, 'pages', 2, 'number'], ['works', 3, 'pages', 2, 'number']],
  ['a field that another requires', ['works', 0, 'weight'], ['works', 0]],
  ['a field of another type than the object has', ['works', 2, 'pages', 0], ['works', 2]],
  ['a field that was skipped', ['works', 0, 'price'], ['works', 0]],
  ['a key under which the client has something else', ['works', 0, 'upc'], ['works', 0]],
  ['what has another name in the data', ['works', 0, 'as_upc'], ['works', 0, 'upc']],
  ['nothing that was asked for', ['makers', 0, 'id'], []],
])('%s', (_, path, shown) => {
  if (operation === undefined) throw new TypeError('no operation');
  const shownPath = compileShownPath({ operation, fragments: new Map(fragments), keys: new Map([['upc', 'as_upc']]) });
  expect(shownPath(path, { conditions: {}, answer: { works: [null, {}, { called: null }, { pages: null }] } })).toEqual(shown);
});
