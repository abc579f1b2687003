import { request } from 'node:http';

import { encodeRecordId, encodeSystemCursor, isErrorCode } from '@hub/schema';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Answer, type TestGraph, serveTestGraph } from '../testing/test-graph.ts';
import { put, tell } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

let opened: TestStore;
let graph: TestGraph;
beforeAll(async () => {
  opened = await openTestStore();
  const target = opened.system();
  await tell(
    target,
    put('BOARD_NOTICE', 'N', { TITLE: '公告', CATEGORY: 'construction', STAGE: 'TENDER', PUBLISHED_AT: '20260801090000' }),
  );
  graph = await serveTestGraph(target);
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await opened[Symbol.asyncDispose]();
});

const codesOf = ({ errors = [] }: Answer): readonly unknown[] => errors.map(({ extensions }) => extensions?.['code']);
const inner = /select |insert |relation |column |i_[a-z]+|\.ts|\.js|node_modules|syntax error at|at \w+ \(/;

/** What no answer may hold, whatever went wrong. */
function expectClosed(answer: Answer): void {
  const { errors = [] } = answer;
  for (const { message, extensions = {} } of errors) {
    expect(isErrorCode(extensions['code'])).toBe(true);
    expect(Object.keys(extensions).filter((name) => !['code', 'messageEn', 'system', 'retryAfterMs'].includes(name))).toEqual([]);
    expect(message).toMatch(/[\u4e00-\u9fff]/);
    expect(message).not.toMatch(inner);
  }
}

const id = encodeRecordId({ system: 'system-1', type: 'Notice', key: 'N' });
const after = (value: string | null, key = id): string => encodeSystemCursor([value, key]);

describe('graph.md «Errors»: what a client did wrong has a code of the closed list', () => {
  test.each([
    ['a syntax error', '{ notices {', {}, 'QUERY_INVALID'],
    ['a field there is none of', '{ notices { nodes { i_title } } }', {}, 'QUERY_INVALID'],
    ['no operation', 'fragment F on Notice { id }', {}, 'QUERY_INVALID'],
    ['a kind of operation there is none of', 'mutation { publish }', {}, 'QUERY_INVALID'],
    ['an order there is none of', '{ notices(order: TITLE_ASC) { totalCount } }', {}, 'QUERY_INVALID'],
    ['an instant that is none', '{ notices(filter: { publishedAt: { gte: "yesterday" } }) { totalCount } }', {}, 'FILTER_INVALID'],
    [
      'an instant in a variable',
      'query ($f: NoticeFilter) { notices(filter: $f) { totalCount } }',
      { f: { publishedAt: { lt: 7 } } },
      'FILTER_INVALID',
    ],
    [
      'an instant without a zone',
      '{ notices(filter: { publishedAt: { gte: "2026-01-01T00:00:00" } }) { totalCount } }',
      {},
      'FILTER_INVALID',
    ],
    ['a day that is none', '{ bidSections(filter: { plannedStart: { gte: "2026-02-30" } }) { totalCount } }', {}, 'FILTER_INVALID'],
    ['a decimal that is none', '{ deals(filter: { price: { gte: "1e5" } }) { totalCount } }', {}, 'FILTER_INVALID'],
    ['a decimal without end', `{ deals(filter: { price: { gte: "${'9'.repeat(200_000)}" } }) { totalCount } }`, {}, 'FILTER_INVALID'],
    ['a region that is none', '{ deals(filter: { region: { within: "%" } }) { totalCount } }', {}, 'FILTER_INVALID'],
    [
      'text that none can have',
      'query ($f: NoticeFilter) { notices(filter: $f) { totalCount } }',
      { f: { title: { text: '\u0000' } } },
      'FILTER_INVALID',
    ],
    ['no row', '{ notices(first: 0) { totalCount } }', {}, 'PAGE_SIZE_INVALID'],
    ['less than none', '{ notices(first: -1) { totalCount } }', {}, 'PAGE_SIZE_INVALID'],
    ['too many rows', '{ notices(first: 102) { totalCount } }', {}, 'PAGE_SIZE_INVALID'],
    ['a cursor that is none', '{ notices(after: "x") { nodes { id } } }', {}, 'CURSOR_INVALID'],
    ['a cursor of another kind', `{ notices(after: "${after('12.5')}") { nodes { id } } }`, {}, 'CURSOR_INVALID'],
    [
      'a cursor with an instant as clients write it',
      `{ notices(after: "${after('2026-08-01T09:00:00+08:00')}") { nodes { id } } }`,
      {},
      'CURSOR_INVALID',
    ],
    ['a cursor without an id', `{ notices(after: "${after(null, "' or true")}") { nodes { id } } }`, {}, 'CURSOR_INVALID'],
    [
      'a cursor without a value where all rows have one',
      `{ notices(order: RECEIVED_ASC, after: "${after(null)}") { nodes { id } } }`,
      {},
      'CURSOR_INVALID',
    ],
    ['an id that is none', '{ notice(id: "x") { id } }', {}, 'ID_INVALID'],
    ['an id of another type', `{ deal(id: "${id}") { id } }`, {}, 'ID_INVALID'],
  ])('%s', async (_, query, variables, code) => {
    const answer = await graph.ask(query, variables);
    expect(codesOf(answer)).toEqual([code]);
    expectClosed(answer);
    expect(graph.faults).toEqual([]);
  });

  test('101 rows may be asked for: the gateway asks for one more than a page', async () => {
    expect(await graph.ask('{ notices(first: 101) { nodes { title } pageInfo { hasNextPage } } }')).toEqual({
      data: { notices: { nodes: [{ title: '公告' }], pageInfo: { hasNextPage: false } } },
    });
  });
});

describe('graph.md «Errors»: what went wrong inside is INTERNAL, and told to nobody outside', () => {
  test('a fault of the database', async () => {
    await sql`alter table notice rename column i_title to broken`.execute(opened.store.db);
    try {
      const answer = await graph.ask('{ notices(filter: { title: { text: "公告" } }) { totalCount } }');
      expect(answer).toEqual({
        data: null,
        errors: [
          {
            message: '系统内部错误，请稍后重试。',
            path: ['notices', 'totalCount'],
            locations: expect.any(Array),
            extensions: { code: 'INTERNAL', messageEn: 'Internal error: try again later.' },
          },
        ],
      });
      expect(graph.faults).toHaveLength(1);
    } finally {
      await sql`alter table notice rename column broken to i_title`.execute(opened.store.db);
    }
  });

  test.each([
    ['no JSON', '{"query":', 400],
    ['no object', '"x"', 400],
    ['nothing', '', 400],
    ['a persisted query', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}', 200],
  ])('a body of %s is the caller’s fault', async (_, body, status) => {
    const before = graph.faults.length;
    const response = await fetch(graph.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const answer: unknown = JSON.parse(await response.text());
    expect([response.status, graph.faults.length]).toEqual([status, before]);
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'QUERY_INVALID' } }] });
  });

  test.each([
    ['says its length', { 'content-length': '5000000' }],
    ['does not', { 'transfer-encoding': 'chunked' }],
  ])('a body too long to be read is refused, whether or not it %s', async (_, headers) => {
    const status = await new Promise((resolve) => {
      const call = request(graph.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, (response) => {
        resolve(response.statusCode);
        response.resume();
      });
      // The server hangs up while the rest is still on its way.
      call.on('error', resolve);
      call.write(Buffer.alloc(4_500_000, 0x20));
      if ('transfer-encoding' in headers) call.end();
    });
    expect(status).toBe(413);
  });

  test('an address that is none is answered all the same', async () => {
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(graph.url);
      request({ port, host: '127.0.0.1', path: '//', method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
        resolve(response.statusCode);
        response.resume();
      })
        .on('error', reject)
        .end('{"query":"{ __typename }"}');
    });
    expect(status).toBe(200);
  });
});
