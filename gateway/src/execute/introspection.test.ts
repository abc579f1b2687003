/**
 * What is said of the schema itself follows the variables of each request, whatever was asked before.
 * @see GraphQL, October 2021, 4 «Introspection»
 */
import { expect, test } from 'vitest';

import { openBothEngines } from '../testing/both-engines.ts';
import { composeSmall, smallSources } from '../testing/small-graph.ts';

test('a type is asked for by a variable, at once and where it is put off', async () => {
  const one = { sdl: 'type Query { a: String }', resolvers: { Query: { a: () => 'A' } } };
  await using engines = await openBothEngines(composeSmall({ one: one.sdl }), smallSources({ one }));
  for (const type of ['__type(name: $name) { name }', '... @defer { __type(name: $name) { name } }']) {
    const query = `query ($name: String!) { a ${type} }`;
    for (const name of ['Query', 'String']) {
      expect(await engines.inParts(query, { name })).toBeUndefined();
      expect(await engines.ours(query, { name })).toEqual({ data: { a: 'A', __type: { name } } });
    }
  }
});
