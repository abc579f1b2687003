/**
 * How the gateway is asked over HTTP, what it refuses and what may be kept.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { at } from '../../testing/json.ts';
import { startWorks, type WorksGateway } from '../../testing/works-gateway.ts';

const hall = 'https://hall.example.gov.cn';
let works: WorksGateway;
let url: string;

beforeAll(async () => {
  works = await startWorks({ aa: [{ code: '1', title: 'a' }], bb: [{ code: '2', title: 'b' }] }, { corsOrigins: [hall] });
  ({ url } = works.gateway);
});
afterEach(() => works.heal());
afterAll(() => works[Symbol.asyncDispose]());

const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, { headers });
const post = (body: string, type = 'application/json') =>
  fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': type }, body });
const errorOf = async (response: Response) => ({ status: response.status, error: at(await response.json(), 'errors', 0) });

describe('GraphQL over HTTP', () => {
  test('the hall asks by plain GET, from a page of its own, and may keep a complete answer for a moment', async () => {
    const response = await get('{ works { totalCount coverage { complete } } }', { origin: hall });
    expect(await response.json()).toEqual({ data: { works: { totalCount: 2, coverage: { complete: true } } } });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'public, max-age=5',
      vary: 'authorization, accept, origin',
      'access-control-allow-origin': hall,
      'x-content-type-options': 'nosniff',
    });
  });

  test('an answer that lacks a system, has an error or came by POST is kept by nobody', async () => {
    works.kill('bb');
    const answers = [
      await get('{ works { totalCount } }'),
      await get('{ work(id: "x") { code } }'),
      await post('{"query":"{ __typename }"}'),
    ];
    expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual(['no-store', 'no-store', 'no-store']);
  });

  test('pages of other origins may not read answers', async () => {
    const { headers } = await get('{ __typename }', { origin: 'https://elsewhere.example' });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a preflight request is answered for the listed origin', async () => {
    const headers = { origin: hall, 'access-control-request-method': 'POST' };
    const response = await fetch(`${url}/graphql`, { method: 'OPTIONS', headers });
    expect([response.status, response.headers.get('access-control-allow-headers')]).toEqual([204, 'authorization, content-type']);
  });

  test.each([
    ['a query that is not one', '{ works { nothing } }', 'QUERY_INVALID'],
    ['a text that is no query', '{ works {', 'QUERY_INVALID'],
    ['an endless text', `{ ${'a: __typename '.repeat(3000)} }`, 'QUERY_TOO_LARGE'],
    ['a page of 101', '{ works(first: 101) { totalCount } }', 'PAGE_SIZE_INVALID'],
    ['a mutation', 'mutation { x }', 'QUERY_INVALID'],
    ['a subscription', 'subscription { x }', 'QUERY_INVALID'],
  ])('%s is refused in Chinese', async (_name, query, code) => {
    const answer = await errorOf(await post(JSON.stringify({ query })));
    expect(answer).toMatchObject({
      status: 400,
      error: { message: expect.stringMatching(/[一-鿿]/), extensions: { code, messageEn: expect.any(String) } },
    });
    expect(JSON.stringify(answer)).not.toMatch(/stack|node_modules/);
  });

  test.each([
    ['no JSON', 'nonsense', 'application/json', 400],
    ['a form', 'query={__typename}', 'application/x-www-form-urlencoded', 400],
    ['plain text', '{"query":"{ __typename }"}', 'text/plain', 400],
    ['a megabyte', JSON.stringify({ query: ' '.repeat(1024 * 1024) }), 'application/json', 400],
    ['no query', '{"variables":{}}', 'application/json', 400],
    ['a persisted query', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}', 'application/json', 200],
    ['two operations and no name', '{"query":"query A { __typename } query B { __typename }"}', 'application/json', 400],
    ['a name of no operation', '{"query":"query A { __typename }","operationName":"B"}', 'application/json', 400],
    [
      'a variable of another type',
      '{"query":"query($n: Int!) { works(first: $n) { totalCount } }","variables":{"n":"x"}}',
      'application/json',
      400,
    ],
  ])('a body with %s is refused', async (_name, body, type, status) => {
    expect(await errorOf(await post(body, type))).toMatchObject({
      status,
      error: { extensions: { code: expect.stringMatching(/^QUERY_/) } },
    });
  });

  test('an operation has a time of its own', async () => {
    await using slow = await startWorks({ aa: [] }, { operationDeadlineMs: 50, systemDeadlineMs: 5000 });
    slow.system('aa').misbehave = () => true;
    expect(await slow.ask('{ works { totalCount } }')).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'DEADLINE_EXCEEDED' } }],
    });
  });
});

describe('beside queries', () => {
  test('health', async () => {
    const [live, ready] = await Promise.all([fetch(`${url}/health/live`), fetch(`${url}/health/ready`)]);
    expect([live.status, await live.json()]).toEqual([200, { status: 'live' }]);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        status: 'ready',
        supergraph: expect.stringMatching(/^[0-9a-f]{12}$/),
        subgraphs: ['details', 'registry', 'works'],
        systems: { published: 2, away: [] },
      },
    ]);
    works.gateway.setSystems([]);
    expect((await fetch(`${url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
  });

  test('the explorer is one page that talks to nobody else', async () => {
    const response = await fetch(`${url}/`);
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; worker-src blob:;.*connect-src 'self'/,
    );
    expect(page).not.toMatch(/(?:src|href)=["'](?:https?:)?\/\//);
    expect(page).toContain('公共资源交易汇聚枢纽');
    const again = await fetch(`${url}/`, { headers: { 'if-none-match': response.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });
});
