/**
 * Requests that are alike and under way at the same time. @see design/engine.md «Sharing in flight»
 */
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';

import { listenOn } from '@hub/kit/process';
import { expect, test } from 'vitest';

import { at } from '../../testing/json.ts';
import { Endpoint } from './post.ts';

const question = '{"query":"{ products { name } }"}';
const answer = '{"data":{"products":[{"name":"甲","__proto__":{"a":1}}]}}';

/** A request that came and waits for its answer. */
interface Came {
  readonly body: string;
  readonly response: ServerResponse;
  readonly left: Promise<void>;
}

/** An endpoint whose server answers when the test says so. */
async function serve(opened: AsyncDisposableStack) {
  const came: Came[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    const { promise: left, resolve } = Promise.withResolvers<void>();
    response.once('close', resolve);
    void text(request).then((body) => {
      came.push({ body, response, left });
      for (const tell of waiting.splice(0)) tell();
    });
  });
  const url = `http://127.0.0.1:${await listenOn(server, 0)}/graphql`;
  opened.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  /** Resolves to request `number`, counted from 1, when it is there. */
  const nth = async (number: number): Promise<Came> => {
    for (;;) {
      const found = came[number - 1];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => void waiting.push(resolve));
    }
  };
  const open = (): Endpoint => opened.use(new Endpoint(url));
  const endpoint = open();
  const ask = (rest: {
    readonly body?: string;
    readonly deadlineMs?: number;
    readonly signal?: AbortSignal;
    readonly repeatable?: boolean;
  }) => endpoint.post({ body: question, deadlineMs: 60_000, signal: new AbortController().signal, ...rest });
  return { came, nth, ask, open };
}

test('two that ask the same are one request; each gets an answer of its own', async () => {
  await using opened = new AsyncDisposableStack();
  const { came, nth, ask } = await serve(opened);
  const both = Promise.all([ask({}), ask({})]);
  (await nth(1)).response.end(answer);
  const [first, second] = await both;
  expect([first, second]).toEqual([1, 2].map(() => ({ status: 200, answer: JSON.parse(answer) })));
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  Object.assign(Object(at(first.answer, 'data', 'products', 0)), { name: 'changed' });
  expect(second.answer).toEqual(JSON.parse(answer));
  expect(came.map(({ body }) => body)).toEqual([question]);
});

test('after the answer the same question is asked anew', async () => {
  await using opened = new AsyncDisposableStack();
  const { came, nth, ask } = await serve(opened);
  for (const number of [1, 2]) {
    const asked = ask({});
    (await nth(number)).response.end(answer);
    await asked;
  }
  expect(came.length).toBe(2);
});

test('another body or another endpoint is another request, however alike the bodies are', async () => {
  await using opened = new AsyncDisposableStack();
  const { nth, ask, open } = await serve(opened);
  // Two words with the same checksum.
  const [one, other] = ['{"query":"{ buckeroo }"}', '{"query":"{ plumless }"}'];
  expect(crc32(one)).toBe(crc32(other));
  const signal = new AbortController().signal;
  const asked = [ask({ body: one }), ask({ body: other }), open().post({ body: one, deadlineMs: 60_000, signal })];
  const bodies = [];
  for (const number of [1, 2, 3]) {
    const { body, response } = await nth(number);
    bodies.push(body);
    response.end(answer);
  }
  await Promise.all(asked);
  expect(bodies.toSorted()).toEqual([one, one, other]);
});

test('who goes away leaves the request to the others; the last to go ends it', async () => {
  await using opened = new AsyncDisposableStack();
  const { came, nth, ask } = await serve(opened);
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
  const asked = [first, second, third].map(({ signal }) => ask({ signal }));
  const { left, response } = await nth(1);
  first.abort();
  await expect(asked[0]).rejects.toMatchObject({ fault: 'ABANDONED' });
  third.abort();
  await expect(asked[2]).rejects.toMatchObject({ fault: 'ABANDONED' });
  response.end(answer);
  expect(await asked[1]).toEqual({ status: 200, answer: JSON.parse(answer) });
  await left;

  const goes = [first, second].map(() => new AbortController());
  const lost = goes.map(({ signal }) => ask({ signal }));
  const request = await nth(2);
  for (const one of goes) one.abort();
  for (const one of lost) await expect(one).rejects.toMatchObject({ fault: 'ABANDONED' });
  await request.left;
  expect(came.length).toBe(2);
});

test('each waits as long as its own time', async () => {
  await using opened = new AsyncDisposableStack();
  const { came, nth, ask } = await serve(opened);
  const patient = ask({});
  await expect(ask({ deadlineMs: 20 })).rejects.toMatchObject({ fault: 'TIMEOUT' });
  (await nth(1)).response.end(answer);
  expect((await patient).status).toBe(200);
  expect(came.length).toBe(1);
});

test('when the time of who began is over, who has more asks for itself', async () => {
  await using opened = new AsyncDisposableStack();
  const { nth, ask } = await serve(opened);
  const hasty = ask({ deadlineMs: 20 });
  const patient = ask({});
  await expect(hasty).rejects.toMatchObject({ fault: 'TIMEOUT' });
  (await nth(2)).response.end(answer);
  expect((await patient).status).toBe(200);
});

test.each([
  ['an answer with errors', '{"data":{"products":null},"errors":[{"message":"no"}]}'],
  ['one that cannot be read', '<html>'],
])('%s serves who began alone; the others ask once more, each for itself', async (_, bad) => {
  await using opened = new AsyncDisposableStack();
  const { came, nth, ask } = await serve(opened);
  const asked = Promise.allSettled([ask({}), ask({}), ask({})]);
  (await nth(1)).response.end(bad);
  (await nth(2)).response.end(bad);
  (await nth(3)).response.end(answer);
  const told = (await asked).map((one) => (one.status === 'fulfilled' ? JSON.stringify(one.value.answer) : at(one.reason, 'fault')));
  const failed = bad.startsWith('{') ? bad : 'MALFORMED';
  expect(told[0]).toBe(failed);
  expect(new Set(told.slice(1))).toEqual(new Set([answer, failed]));
  expect(came.length).toBe(3);
});

test('a mutation is never shared, and who asks after it is not told what was asked before it', async () => {
  await using opened = new AsyncDisposableStack();
  const { came, nth, ask } = await serve(opened);
  const change = '{"query":"mutation"}';
  const before = ask({});
  await nth(1);
  const changes = [ask({ body: change, repeatable: false }), ask({ body: change, repeatable: false })];
  for (const number of [2, 3]) (await nth(number)).response.end(answer);
  await Promise.all(changes);
  const after = ask({});
  for (const number of [1, 4]) (await nth(number)).response.end(answer);
  await Promise.all([before, after]);
  expect(came.map(({ body }) => body)).toEqual([question, change, change, question]);
});
