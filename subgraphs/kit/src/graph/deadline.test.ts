/**
 * Work for nobody ends: a statement that runs too long, and everything a caller has not waited for.
 */
import { createServer } from 'node:http';

import { execute, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { listenOn } from '../process/listen.ts';
import { logStatements } from '../testing/statement-log.ts';
import { type TestGraph, serveTestGraph } from '../testing/test-graph.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';
import { trustEverybody } from '../testing/trust-everybody.ts';

import { typeOfId } from './build-schema.ts';
import { type SystemStore, systemContext } from './context.ts';
import { serveGraph } from './serve-graph.ts';

let opened: TestStore;
let target: SystemStore;
let graph: TestGraph;
beforeAll(async () => {
  opened = await openTestStore({ readTimeoutMs: 100 });
  target = opened.system();
  graph = await serveTestGraph(target);
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await opened[Symbol.asyncDispose]();
});

test('a statement that runs too long is ended, and the answer says so; the next question finds a connection', async () => {
  await opened.store.db.transaction().execute(async (transaction) => {
    await sql`lock table notice in access exclusive mode`.execute(transaction);
    expect(await graph.ask('{ notices { totalCount } }')).toEqual({
      data: null,
      errors: [
        {
          message: '查询超过了时限，请缩小范围后再试。',
          path: ['notices', 'totalCount'],
          locations: expect.any(Array),
          extensions: { code: 'DEADLINE_EXCEEDED', messageEn: 'The query took longer than it may; ask for less and try again.' },
        },
      ],
    });
    // A writer is not bound by it.
    await sql`select pg_sleep(0.2)`.execute(transaction);
  });
  expect(await graph.ask('{ notices { totalCount } }')).toEqual({ data: { notices: { totalCount: 0 } } });
  expect(graph.faults).toEqual([]);
});

test.each([
  'notices { totalCount }',
  'notices { nodes { id } }',
  'dealStatistics(by: []) { groups { deals } }',
  'tenderProjectByCode(code: "E1") { id }',
])('for a caller that has gone no statement is sent: %s', async (question) => {
  const log = logStatements(target.store.reading);
  const contextValue = systemContext({ ...target, store: { ...target.store, reading: log.db } }, { typeOfId, signal: AbortSignal.abort() });
  const { errors = [] } = await execute({ schema: graph.schema, document: parse(`{ ${question} }`), contextValue });
  expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['DEADLINE_EXCEEDED']);
  expect(log.statements).toEqual([]);
});

test('a caller that hangs up is noticed while its question is being answered', async () => {
  const [begun, noticed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const resolve = (_parent: unknown, _args: unknown, { signal }: { readonly signal: AbortSignal }): Promise<void> => {
    signal.addEventListener('abort', () => noticed.resolve());
    begun.resolve();
    return noticed.promise;
  };
  const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { slow: { type: GraphQLString, resolve } } }) });
  const faults: unknown[] = [];
  await using slow = await serveGraph<{ signal: AbortSignal }>(schema, (cause) => void faults.push(cause));
  const server = createServer(slow.listener({ verifier: trustEverybody.verifierFor('slow'), context: (signal) => ({ signal }) }));
  const caller = new AbortController();
  const asked = fetch(`http://127.0.0.1:${await listenOn(server, 0)}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ slow }"}',
    signal: caller.signal,
  });
  await begun.promise;
  caller.abort();
  await expect(asked).rejects.toThrow('aborted');
  await noticed.promise;
  await new Promise((done) => server.close(done));
  expect(faults).toEqual([]);
});
