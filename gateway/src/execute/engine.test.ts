/**
 * What operations share: a supergraph prepared for one plans it no more, and an answer under way is not that of after a change.
 */
import { ApolloServer } from '@apollo/server';
import { joinsOf } from '@hub/schema';
import { expect, test, vi } from 'vitest';

import { worksSupergraph } from '../../testing/works.ts';
import type { Call } from '../admit/call.ts';
import { readSupergraph } from '../plan/marks.ts';
import { openPlanner } from '../plan/open-planner.ts';
import { warmOperations } from '../plan/warming.ts';
import { openBothEngines } from '../testing/both-engines.ts';
import { composeSmall, smallSources } from '../testing/small-graph.ts';
import { Documents } from './documents.ts';
import { createEngine, type Engine } from './engine.ts';

/** An engine behind Apollo Server, over subgraphs that have nothing. */
async function serve(supergraphSdl: string) {
  await using opened = new AsyncDisposableStack();
  const [planned, documents]: [string[], Documents] = [[], new Documents()];
  const schema = readSupergraph(supergraphSdl);
  const engine: Engine = createEngine({
    routings: () => 0,
    supergraphSdl,
    schema,
    joins: joinsOf(schema),
    documents,
    async openPlanner(sdl) {
      const planner = opened.use(await openPlanner(sdl));
      const plan: typeof planner.plan = (text, name) => {
        planned.push(text);
        return planner.plan(text, name);
      };
      return { ...planner, plan, [Symbol.asyncDispose]: async () => {} };
    },
    open: () => ({ prepare: () => async () => ({ data: null, errors: [] }) }),
  });
  const server = new ApolloServer<{ readonly call: Call }>({
    gateway: engine,
    documentStore: documents,
    stopOnTerminationSignals: false,
  });
  await server.start();
  opened.defer(() => server.stop());
  const running = opened.move();
  return {
    engine,
    planned,
    documents,
    ask: (query: string, operationName = '') =>
      server.executeOperation({ query, ...(operationName === '' ? {} : { operationName }) }, { contextValue: { call: anyCall() } }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

test('the most used operations are planned, compiled and found valid before they are asked for', async () => {
  const sdl = worksSupergraph();
  await using old = await serve(sdl);
  const [one, two, gone] = [
    '{ works { totalCount } }',
    'query A { works { nodes { title } } } query B { __typename }',
    '{ works { nodes { code } } }',
  ];
  for (const [query, name, times] of [
    [two, 'A', 4],
    ['{ __typename }', '', 1],
    [one, '', 3],
    [gone, '', 2],
  ] as const) {
    for (let asked = 0; asked < times; asked++) await old.ask(query, name);
  }
  expect(old.planned).toEqual([two, '{ __typename }', one, gone]);

  await using next = await serve(sdl.replace(/(?<=type Work implements[^]*?\n)  code: String[^\n]*\n/, ''));
  const { signal } = new AbortController();
  const warmed = await warmOperations(old.engine.mostUsed(200), { prepare: (known) => next.engine.prepare(known), maxMs: 20_000, signal });
  expect(warmed).toMatchObject({ prepared: 2, of: 3 });
  expect(next.planned).toEqual([two, one]);

  const parsed = vi.spyOn(next.documents, 'set');
  await Promise.all([next.ask(one), next.ask(two, 'A'), next.ask(two, 'A')]);
  expect(next.planned).toHaveLength(2);
  expect(parsed).not.toHaveBeenCalled();
  // What was used counts on, so that a change right after this one is prepared for the same.
  expect(next.engine.mostUsed(9).map(({ source, uses }) => [source, Math.round(uses)])).toEqual([
    [two, 6],
    [one, 4],
  ]);
  // What the supergraph no longer allows is refused as ever.
  expect(await next.ask(gone)).toMatchObject({
    body: { singleResult: { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] } },
  });
});

test('a query that comes after a mutation is not told what was begun before it', async () => {
  const { promise: changed, resolve: change } = Promise.withResolvers<void>();
  let [name, asked] = ['before', 0];
  const shop = {
    sdl: 'type Query { name: String } type Mutation { rename: String }',
    resolvers: {
      Query: {
        async name() {
          const now = name;
          asked++;
          await changed;
          return now;
        },
      },
      Mutation: { rename: () => (name = 'after') },
    },
  };
  await using both = await openBothEngines(composeSmall({ shop: shop.sdl }), smallSources({ shop }));
  const early = both.ours('{ name }', {});
  expect(await both.ours('mutation { rename }', {})).toMatchObject({ data: { rename: 'after' } });
  const late = both.ours('{ name }', {});
  await vi.waitFor(() => expect(asked).toBe(2));
  change();
  expect(await Promise.all([early, late])).toMatchObject([{ data: { name: 'before' } }, { data: { name: 'after' } }]);
});

function anyCall(): Call {
  const notes = { incomplete: false, admitted: true, remarks: [] };
  return { grants: 'PUBLIC', client: 'a', deadlineMs: Infinity, signal: new AbortController().signal, notes };
}
