/**
 * A client that goes away takes its requests with it, and nobody is blamed: no failure is told, no system's health suffers.
 * @see design/engine.md «Dispatch»
 */
import { createServer } from 'node:http';

import { listenOn, systemClock } from '@hub/kit/process';
import { expect, test } from 'vitest';

import type { Call } from '../admit/call.ts';
import type { GatewayEvent } from '../events.ts';
import { askRound } from './ask.ts';
import { createHttpSource } from './http-source.ts';
import { Endpoint } from './post.ts';
import { Systems } from './systems.ts';

/** A server that never answers. */
async function silentServer(opened: AsyncDisposableStack) {
  const came = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    response.once('close', left.resolve);
    came.resolve();
  });
  const url = `http://127.0.0.1:${await listenOn(server, 0)}/graphql`;
  opened.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url, came: came.promise, left: left.promise, requests: () => requests };
}

function callOf(signal: AbortSignal): Call {
  const notes = { incomplete: false, admitted: true, remarks: [] };
  return { grants: 'PUBLIC', client: 'test', deadlineMs: performance.now() + 60_000, signal, notes };
}

test('a subgraph with one endpoint has not failed', async () => {
  await using opened = new AsyncDisposableStack();
  const server = await silentServer(opened);
  const events: GatewayEvent[] = [];
  const endpoint = opened.use(new Endpoint(server.url));
  const source = createHttpSource({ name: 'shop', endpoint, report: (event) => void events.push(event) });
  const gone = new AbortController();
  const ask = source.prepare({ query: '{ products }', operationName: undefined });
  const asked = ask({ variables: {}, representations: [], call: callOf(gone.signal) });
  await server.came;
  gone.abort();
  expect((await asked).data).toBeNull();
  await server.left;
  expect(events).toEqual([]);
});

test('a system is as well as before, and what is asked afterwards is not sent at all', async () => {
  await using opened = new AsyncDisposableStack();
  const server = await silentServer(opened);
  const row = { code: 'aa', name: 'aa', url: server.url, state: 'published' } as const;
  const systems = opened.use(new Systems([row], { clock: systemClock, reach: { loopback: true } }));
  const events: GatewayEvent[] = [];
  const gone = new AbortController();
  const asking = {
    systems,
    call: callOf(gone.signal),
    deadlineMs: 60_000,
    report: (event: GatewayEvent) => void events.push(event),
    body: () => '{"query":"{ __typename }"}',
    read: () => true,
  };
  const asked = askRound([row], asking);
  await server.came;
  gone.abort();
  expect((await asked).answers.size).toBe(0);
  await server.left;
  await askRound([row], asking);
  const health = systems.get('aa')?.health;
  expect({ events, isUp: health?.isUp, trouble: health?.trouble, requests: server.requests() }).toEqual({
    events: [],
    isUp: true,
    trouble: undefined,
    requests: 1,
  });
});
