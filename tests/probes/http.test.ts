/**
 * The border that web pages meet: which may ask, which may read, and what asks without being asked for permission first.
 * @see Fetch standard «CORS protocol», GraphQL over HTTP, RFC 9111
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { at } from '../support/parse-json.ts';
import { type Caller, allCallers, callerNamed } from './ask/callers.ts';
import { type Answered, type Sent, errorCodesIn, parsed, requestOf } from './ask/send.ts';
import { type World, startWorld } from './plant/world.ts';

const [hall, portal] = ['https://hall.example', 'https://portal.example:8443'] as const;
const question = { query: '{ notices(first: 1) { totalCount } }', variables: {} };
const hidden = { query: '{ tenderContracts(first: 1) { nodes { number } } }', variables: {} };

let world: World;
let callers: readonly Caller[];

beforeAll(async () => {
  [world, callers] = await Promise.all([startWorld({ systems: 1, gateway: { corsOrigins: [hall, portal] } }), allCallers()]);
});
afterAll(() => world[Symbol.asyncDispose]());

const from = (origin: string, sent: Sent = requestOf(question, 'get')): Promise<Answered> =>
  world.ask({ ...sent, headers: { ...sent.headers, origin } });
const preflight = (origin: string): Promise<Answered> =>
  from(origin, {
    method: 'OPTIONS',
    path: '/graphql',
    headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  });
const cors = ({ headers }: Answered): object =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));

const embedded = {
  html: [
    '<p>一、<b>项目</b>概况</p>',
    '<a>链接</a><a>链接</a><a>链接</a>',
    '<a href="https://portal.example/notice?id=1">原文</a>',
    '<p>二</p><table>提交<p></p><table><tr><td colspan="2">三</td></tr></table></table>',
  ].join(''),
  // Text, not HTML: whoever shows it escapes it.
  text: '一、项目概况\n链接链接链接原文\n二\n提交<p title="">\n三',
} as const;

describe('Which pages may read', () => {
  test.each([hall, portal])('%s, which is listed', async (origin) => {
    expect(cors(await from(origin))).toEqual({ 'access-control-allow-origin': origin, 'access-control-expose-headers': 'retry-after' });
    expect(cors(await from(origin, requestOf(hidden)))).toEqual({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'retry-after',
    });
    const asked = await preflight(origin);
    expect({ status: asked.status, ...cors(asked) }).toEqual({
      status: 204,
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'retry-after',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '600',
    });
  });

  test.each([
    'https://hall.example.hostile.example',
    'https://xhall.example',
    'http://hall.example',
    'https://hall.example:8443',
    'https://HALL.example',
    'null',
    '*',
    'https://hall.example, https://hostile.example',
  ])('not %s', async (origin) => {
    expect(cors(await from(origin))).toEqual({});
    expect(cors(await preflight(origin))).toEqual({});
    // Whatever answer a cache keeps for one page is not given to another.
    expect(String((await from(origin)).headers['vary'])).toContain('origin');
  });
});

describe('What a page may send without asking first', () => {
  test('a question in an address, as the hall embeds it', async () => {
    const answer = await world.ask({ method: 'GET', path: requestOf(question, 'get').path, headers: {} });
    expect({ status: answer.status, codes: errorCodesIn(answer) }).toEqual({ status: 200, codes: [] });
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'application/jsonp',
    'application/json-patch+json',
    '',
  ])('no question in a body of type «%s»', async (type) => {
    const answer = await world.ask({ ...requestOf(question), headers: type === '' ? {} : { 'content-type': type } });
    expect({ status: answer.status, codes: errorCodesIn(answer) }).toEqual({ status: 400, codes: ['QUERY_INVALID'] });
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'HEAD'] as const)('nothing by %s', async (method) => {
    const answer = await world.ask({ ...requestOf(question), method });
    expect(answer.status).toBe(405);
    expect(answer.text).not.toContain('totalCount');
  });

  test('a token counts in its header only', async () => {
    const token = callerNamed(callers, 'restricted').authorization?.replace('Bearer ', '') ?? '';
    const { path } = requestOf(hidden, 'get');
    const attempts: readonly Sent[] = [
      { method: 'GET', path: `${path}&access_token=${token}&authorization=Bearer%20${token}`, headers: {} },
      { method: 'GET', path, headers: { cookie: `authorization=Bearer ${token}; token=${token}` } },
      {
        method: 'GET',
        path,
        headers: { 'x-authorization': `Bearer ${token}`, 'proxy-authorization': `Bearer ${token}`, 'x-roles': 'RESTRICTED' },
      },
      {
        ...requestOf(hidden),
        body: JSON.stringify({
          ...hidden,
          authorization: `Bearer ${token}`,
          context: { call: { grants: 'RESTRICTED' } },
          extensions: { authorization: token },
        }),
      },
    ];
    for (const sent of attempts) expect(errorCodesIn(await world.ask(sent))).toEqual(['FORBIDDEN']);
  });

  test('several questions at once are none', async () => {
    const { query, variables } = question;
    const answer = await world.ask({
      ...requestOf(question),
      body: JSON.stringify([
        { query, variables },
        { query, variables },
      ]),
    });
    expect({ status: answer.status, codes: errorCodesIn(answer) }).toEqual({ status: 400, codes: ['QUERY_INVALID'] });
  });
});

describe('What an answer gives away beside itself', () => {
  test('an answer may be kept a moment by everybody only when everybody gets the same', async () => {
    const restricted = callerNamed(callers, 'restricted');
    const kept = async (sent: Sent, caller?: Caller): Promise<unknown> => (await world.ask(sent, caller)).headers['cache-control'];
    expect(await kept(requestOf(question, 'get'))).toBe('public, max-age=5');
    expect(await kept(requestOf(question, 'post'))).toBe('no-store');
    expect(await kept(requestOf(hidden, 'get'))).toBe('no-store');
    expect(await kept(requestOf(hidden, 'get'), restricted)).toBe('no-store');
    expect(await kept(requestOf(question, 'get'), callerNamed(callers, 'unknown roles'))).toBe('no-store');
    expect(String((await world.ask(requestOf(question, 'get'))).headers['vary'])).toContain('authorization');
  });

  test('neither plans nor traces, whoever asks for them', async () => {
    const headers = {
      'apollo-query-plan-experimental': 'true',
      'apollo-federation-include-trace': 'ftv1',
      'apollo-expose-query-plan': 'true',
      'apollo-cache-control': 'debug',
    };
    const [plain, curious] = await Promise.all([
      world.ask(requestOf(question)),
      world.ask({ ...requestOf(question), headers: { ...requestOf(question).headers, ...headers } }),
    ]);
    expect(curious.text).toBe(plain.text);
    expect(Object.keys(curious.headers).toSorted()).toEqual(Object.keys(plain.headers).toSorted());
  });

  test('no header says what the hub is made of', async () => {
    const { headers } = await world.ask(requestOf(question));
    expect(Object.keys(headers).toSorted()).toEqual([
      'cache-control',
      'connection',
      'content-length',
      'content-type',
      'date',
      'keep-alive',
      'vary',
      'x-content-type-options',
    ]);
  });
});

describe('What portals embed', () => {
  test('a hostile notice comes out as paragraphs, tables and links that only lead', async () => {
    const own = world.ids.get('Notice') ?? [];
    const notices = own.map((id, place) => `n${place}: notice(id: ${JSON.stringify(id)}) { html text }`);
    const answer = await world.ask(requestOf({ query: `{ ${notices.join(' ')} }`, variables: {} }));
    const hostile = own.map((_, place) => at(parsed(answer.text), 'data', `n${place}`));
    expect(hostile.length).toBeGreaterThan(0);
    for (const notice of hostile) expect(notice).toEqual(embedded);
  });
});
