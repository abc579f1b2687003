/**
 * Answers in parts over HTTP: who gets them, what of them is there when, and what still holds for them.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { at, listAt } from '../../testing/json.ts';
import { readParts, takesParts } from '../../testing/multipart.ts';
import { startWorks, type WorksGateway } from '../../testing/works-gateway.ts';

let works: WorksGateway;

beforeAll(async () => {
  // Nothing here ends because its time is over.
  const deadlines = { systemDeadlineMs: 600_000, operationDeadlineMs: 600_000 };
  works = await startWorks({ aa: [{ code: '1', title: 'a', price: '5' }], bb: [{ code: '2', title: 'b' }] }, deadlines);
});
afterEach(() => works.heal());
afterAll(() => works[Symbol.asyncDispose]());

const ask = (query: string, init: RequestInit = {}, variables = {}, accept = takesParts) =>
  fetch(`${works.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query, variables }),
    ...init,
  });

const query = `query ($later: Boolean) {
  works(order: TITLE_ASC) { nodes { code ... @defer(if: $later, label: "text") { record { ... on Detail { text } } } } }
}`;
const first = { data: { works: { nodes: [{ code: '1' }, { code: '2' }] } }, hasNext: true };
const textOf = (code: string, index: number) => ({
  label: 'text',
  path: ['works', 'nodes', index],
  data: { record: { text: `detail of ${code}` } },
});
const whole = {
  data: { works: { nodes: [1, 2].map((code) => ({ code: `${code}`, record: { text: `detail of ${code}` } })) } },
};

/** Holds what a system is asked about details until `open`, which is over when it was answered. */
function hold(code: string) {
  const system = works.system(code);
  const came = Promise.withResolvers<{ readonly request: IncomingMessage; readonly response: ServerResponse; readonly body: string }>();
  system.misbehave = (request, response, body) => {
    if (!body.includes('Detail')) return false;
    came.resolve({ request, response, body });
    return true;
  };
  return {
    came: came.promise,
    async open() {
      const { request, response, body } = await came.promise;
      system.misbehave = undefined;
      const { 'content-type': type = '' } = request.headers;
      const answer = await fetch(system.url, { method: 'POST', headers: { 'content-type': type }, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end(await answer.text());
    },
  };
}

describe('A client that takes parts', () => {
  test('has what is not put off before the rest was answered', async () => {
    const held = hold('bb');
    const response = await ask(query);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'multipart/mixed; boundary="-"; deferSpec=20220824',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const parts = readParts(response);
    expect((await parts.next()).value).toEqual(first);
    await held.open();
    expect((await parts.next()).value).toEqual({ incremental: [textOf('1', 0), textOf('2', 1)], hasNext: false });
    expect((await parts.next()).done).toBe(true);
  });

  test('is told what failed in the part where it did, and nothing that is nobody’s business', async () => {
    works.kill('bb', 'Detail');
    const parts = await Array.fromAsync(readParts(await ask(query)));
    expect(parts[0]).toEqual(first);
    const error = {
      path: ['works', 'nodes', 1],
      message: expect.stringMatching(/[一-鿿]/),
      extensions: { code: 'SYSTEM_FAILED', messageEn: expect.any(String), system: 'bb' },
    };
    expect(parts[1]).toMatchObject({ incremental: [textOf('1', 0), { data: { record: null }, errors: [error] }], hasNext: false });
    expect(JSON.stringify(parts)).not.toMatch(/ECONN|socket|127\.0|node_modules/);
  });

  test('has pages and groups of all systems in parts too', async () => {
    const page = 'works(first: 1, order: TITLE_ASC) { nodes { title } totalCount pageInfo { hasNextPage } coverage { complete } }';
    const groups = 'workStatistics(by: [TITLE]) { groups { key { code } works } }';
    const [none, ...rest] = await Array.fromAsync(readParts(await ask(`{ ... @defer { ${page} } ... @defer { ${groups} } }`)));
    expect(none).toEqual({ data: {}, hasNext: true });
    const told = rest.flatMap((part) => listAt(part, 'incremental')).map((part) => at(part, 'data'));
    const { data } = await works.ask(`{ ${page} ${groups} }`);
    expect(Object.assign({}, ...told)).toEqual(data);
    expect(at(data, 'works')).toMatchObject({ nodes: [{ title: 'a' }], totalCount: 2, pageInfo: { hasNextPage: true } });
  });

  test('that goes away takes what is under way with it', async () => {
    const held = hold('bb');
    const gone = new AbortController();
    const parts = readParts(await ask(query, { signal: gone.signal }));
    await parts.next();
    const { response } = await held.came;
    const left = Promise.withResolvers<void>();
    response.once('close', left.resolve);
    gone.abort();
    await expect(parts.next()).rejects.toThrow(/abort/i);
    await left.promise;
    expect(works.events.filter(({ kind }) => kind === 'fault')).toEqual([]);
  });

  test('gets one answer when nothing is put off', async () => {
    const response = await ask(query, {}, { later: false });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual(whole);
  });

  test.each([
    ['a field that is not for it', '{ works { nodes { code ... @defer { secret } } } }', 'FORBIDDEN'],
    ['a page of 101', '{ ... @defer { works(first: 101) { totalCount } } }', 'PAGE_SIZE_INVALID'],
    ['too much', `{ works(first: 100) { nodes { ... @defer { ${'siblings { '.repeat(6)} code ${'} '.repeat(6)} } } } }`, 'QUERY_TOO_LARGE'],
    ['what is not there', '{ works { nodes { ... @defer { nothing } } } }', 'QUERY_INVALID'],
  ])('is refused %s as if it were not put off', async (_name, text, code) => {
    const response = await ask(text);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  });
});

describe('A client that does not', () => {
  test.each(['application/json', '*/*', 'multipart/mixed, application/json', 'multipart/mixed;incrementalSpec=v0.2, application/json'])(
    'by «%s» gets all of it at once',
    async (accept) => {
      const response = await ask(query, {}, {}, accept);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await response.json()).toEqual(whole);
    },
  );

  test('may keep it, when it asked by GET', async () => {
    const url = `${works.gateway.url}/graphql?query=${encodeURIComponent(query)}`;
    const [atOnce, inParts] = [await fetch(url), await fetch(url, { headers: { accept: takesParts } })];
    expect([atOnce, inParts].map(({ headers }) => headers.get('cache-control'))).toEqual(['public, max-age=5', 'no-store']);
    await Promise.all([atOnce.text(), inParts.text()]);
  });
});

test('the schema says what can be put off; the stock executor puts nothing off, and says so', async () => {
  const asked = '{ __schema { directives { name } } }';
  await using stock = await startWorks({ aa: [] }, { engine: 'reference' });
  const [ours, theirs] = [(await works.ask(asked)).data, (await stock.ask(asked)).data];
  expect([ours, theirs].map((data) => JSON.stringify(data).includes('"defer"'))).toEqual([true, false]);
  const { errors } = await stock.ask(query);
  expect(at(errors, 0, 'extensions', 'code')).toBe('QUERY_INVALID');
});
