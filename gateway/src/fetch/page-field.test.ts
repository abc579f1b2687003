/**
 * Lists over three systems, real HTTP, real plans.
 */
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { at, listAt } from '../../testing/json.ts';
import { rowOf, startWorks, threeTables, type WorksGateway } from '../../testing/works-gateway.ts';

const tokenSecret = 'a secret of thirty-two characters';
let works: WorksGateway;
let token: string;

beforeAll(async () => {
  works = await startWorks(threeTables, { tokens: { tokenSecret } });
  const claims = new SignJWT({ roles: ['GOVERNMENT'] }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h');
  token = await claims.sign(new TextEncoder().encode(tokenSecret));
});
afterEach(() => works.heal());
afterAll(() => works[Symbol.asyncDispose]());

async function readAll(order: string, first: number): Promise<readonly unknown[]> {
  const read: unknown[] = [];
  let after: unknown = null;
  for (let page = 0; page < 20; page++) {
    const query = `query($after: String) { works(order: ${order}, first: ${first}, after: $after) { nodes { code } pageInfo { hasNextPage endCursor } } }`;
    const { data, errors } = await works.ask(query, { after });
    expect(errors).toBeUndefined();
    read.push(...listAt(data, 'works', 'nodes').map((node) => at(node, 'code')));
    if (at(data, 'works', 'pageInfo', 'hasNextPage') === false) return read;
    after = at(data, 'works', 'pageInfo', 'endCursor');
  }
  throw new Error('reading does not end');
}

describe('partitioning.md «Page»', () => {
  test.each([
    ['PRICE_ASC', ['B-1', 'BOTH', 'BOTH', 'A-1', 'A-2', 'C-1', 'TWICE', 'TWICE']],
    ['PRICE_DESC', ['C-1', 'A-2', 'A-1', 'BOTH', 'BOTH', 'B-1', 'TWICE', 'TWICE']],
    ['TITLE_ASC', ['C-1', 'B-1', 'BOTH', 'BOTH', 'TWICE', 'TWICE', 'A-1', 'A-2']],
    ['PUBLISHED_DESC', ['TWICE', 'TWICE', 'BOTH', 'BOTH', 'C-1', 'B-1', 'A-1', 'A-2']],
  ])('P2: %s is the order of one table: numbers as numbers, text by bytes, nulls last', async (order, expected) => {
    for (const first of [1, 3, 100]) expect(await readAll(order, first)).toEqual(expected);
  });

  test('each system is asked one row more than the page, after its own place, and not for what the hub makes', async () => {
    await works.ask('{ works(order: TITLE_ASC, first: 2) { nodes { t: title } pageInfo { hasNextPage } coverage { complete } } }');
    const [request] = works.system('cc').requests;
    expect(request?.query.replaceAll(/\s+/g, ' ')).toBe(
      'query($hub_filter: WorkFilter, $hub_order: WorkOrder!, $hub_first: Int!, $hub_after: String) { root: works(filter: $hub_filter, order: $hub_order, first: $hub_first, after: $hub_after) { edges { cursor key: node { id } n0: node { t: title } } } }',
    );
    expect(request?.variables).toEqual({ hub_filter: null, hub_order: 'TITLE_ASC', hub_first: 3, hub_after: null });
  });

  test('every use of a row keeps its own selection, aliases, conditions and fragments', async () => {
    const query = `query($yes: Boolean!, $no: Boolean!) {
      w: works(order: TITLE_ASC, first: 1) {
        __typename
        edges { __typename late x: node { ...F } y: node { system { n: name code } title @skip(if: $yes) } }
        again: edges { node { price { yuan } } }
        nodes { id @include(if: $no) code }
        more: nodes { record { __typename ... on Detail { text } } }
        n: totalCount
        coverage { ...C }
      }
    }
    fragment F on Work { ... on Record { origin } code }
    fragment C on Coverage { kind: __typename answered { c: code } }`;
    expect((await works.ask(query, { yes: true, no: false })).data).toEqual({
      w: {
        __typename: 'WorkConnection',
        edges: [
          { __typename: 'WorkEdge', late: false, x: { origin: 'ORIGINAL', code: 'C-1' }, y: { system: { n: 'cc系统', code: 'cc' } } },
        ],
        again: [{ node: { price: { yuan: '100' } } }],
        nodes: [{ code: 'C-1' }],
        more: [{ record: { __typename: 'Detail', text: 'detail of C-1' } }],
        n: 8,
        coverage: { kind: 'Coverage', answered: [{ c: 'aa' }, { c: 'bb' }, { c: 'cc' }] },
      },
    });
    expect((await works.ask(query, { yes: false, no: true })).data).toMatchObject({
      w: { edges: [{ y: { title: '丙' } }], nodes: [{ id: expect.any(String), code: 'C-1' }] },
    });
  });

  test.each([
    '{ works(order: TITLE_ASC, first: 1) { nodes { ... on Record { ... on Work { code } } } } }',
    '{ works(order: TITLE_ASC, first: 1) { nodes { ...R } } } fragment R on Record { ...W } fragment W on Work { code }',
    '{ works(order: TITLE_ASC, first: 1) { nodes { ... on Work { ... on Record { ... on Work { code } } } } } }',
  ])('a fragment on a type inside one on its interface loses nothing: %s', async (query) => {
    expect(await works.ask(query)).toMatchObject({ data: { works: { nodes: [{ code: 'C-1' }] } } });
  });

  test('a row that was away comes late, once, and the answer says who is missing', async () => {
    const query =
      'query($after: String) { works(order: PUBLISHED_ASC, first: 3, after: $after) { edges { late node { code } } pageInfo { hasNextPage endCursor } coverage { complete missing { system { code } reason } } } }';
    works.kill('bb');
    const first = await works.ask(query);
    expect(first.data).toMatchObject({
      works: {
        edges: [{ node: { code: 'A-1' } }, { node: { code: 'C-1' } }, { node: { code: 'BOTH' } }],
        pageInfo: { hasNextPage: true },
        coverage: { complete: false, missing: [{ system: { code: 'bb' }, reason: 'UNREACHABLE' }] },
      },
    });
    works.heal();
    const second = await works.ask(query, { after: at(first.data, 'works', 'pageInfo', 'endCursor') });
    expect(at(second.data, 'works', 'edges')).toEqual([
      { late: true, node: { code: 'B-1' } },
      { late: false, node: { code: 'BOTH' } },
      { late: false, node: { code: 'TWICE' } },
    ]);
  });

  test('at the end with a system away: an empty page that says when to ask again', async () => {
    works.kill('bb');
    const query =
      'query($after: String) { works(filter: { code: { in: ["C-1", "B-1"] } }, first: 5, after: $after) { nodes { code } pageInfo { hasNextPage endCursor } coverage { retryAfterMs } } }';
    const first = await works.ask(query);
    const second = await works.ask(query, { after: at(first.data, 'works', 'pageInfo', 'endCursor') });
    expect(second.data).toEqual({
      works: { nodes: [], pageInfo: { hasNextPage: true, endCursor: expect.any(String) }, coverage: { retryAfterMs: expect.any(Number) } },
    });
  });

  test('only a count asks for no rows', async () => {
    expect((await works.ask('{ works(filter: { title: { text: "双" } }) { totalCount } }')).data).toEqual({ works: { totalCount: 2 } });
    expect(works.system('aa').requests[0]?.query).not.toContain('edges');
  });

  test('filter.systems names systems, and is not sent on; an unknown one is an error', async () => {
    const { data } = await works.ask(
      '{ works(filter: { systems: ["cc", "bb"] }, order: TITLE_ASC) { nodes { code } coverage { answered { code } } } }',
    );
    expect(data).toEqual({
      works: { nodes: ['C-1', 'B-1', 'BOTH', 'TWICE'].map((code) => ({ code })), coverage: { answered: [{ code: 'bb' }, { code: 'cc' }] } },
    });
    expect(works.system('aa').requests).toEqual([]);
    expect(works.system('bb').requests[0]?.variables['hub_filter']).toEqual({ copies: 'INCLUDE' });
    expect(await works.ask('{ works(filter: { systems: ["cc", "zz"] }) { totalCount } }')).toMatchObject({
      errors: [{ message: '没有这样的交易系统：zz。', extensions: { code: 'SYSTEM_UNKNOWN' } }],
    });
  });

  test('a cursor used with another filter, order or grant is refused', async () => {
    const { data } = await works.ask('{ works(order: TITLE_ASC, first: 1) { pageInfo { endCursor } } }');
    const after = at(data, 'works', 'pageInfo', 'endCursor');
    const codeOf = async (args: string, bearer?: string): Promise<unknown> => {
      const { errors } = await works.ask(
        `query($after: String) { works(first: 5, after: $after, ${args}) { totalCount } }`,
        { after },
        bearer,
      );
      return at(errors, 0, 'extensions', 'code');
    };
    expect(await codeOf('order: TITLE_ASC')).toBeUndefined();
    expect(await codeOf('order: TITLE_DESC')).toBe('CURSOR_INVALID');
    expect(await codeOf('order: TITLE_ASC, filter: { code: { in: ["A-1"] } }')).toBe('CURSOR_INVALID');
    expect(await codeOf('order: TITLE_ASC', token)).toBe('CURSOR_INVALID');
  });

  test('a withdrawn system is never asked and always missing; it does not hold the next page', async () => {
    works.gateway.setSystems(
      works.systems.map((system) => ({ ...rowOf(system), state: system.code === 'bb' ? 'withdrawn' : 'published' })),
    );
    const query =
      '{ works { totalCount pageInfo { hasNextPage } coverage { complete retryAfterMs missing { system { code } reason since } } } }';
    expect((await works.ask(query)).data).toEqual({
      works: {
        totalCount: 5,
        pageInfo: { hasNextPage: false },
        coverage: { complete: false, retryAfterMs: null, missing: [{ system: { code: 'bb' }, reason: 'WITHDRAWN', since: null }] },
      },
    });
    expect(works.system('bb').requests).toEqual([]);
  });

  test('what is hidden is refused to nobody in particular and read with a token', async () => {
    const query = '{ works(order: SECRET_ASC, first: 2) { nodes { secret } } }';
    expect(await works.ask(query)).toMatchObject({
      status: 403,
      errors: [{ message: '当前身份无权查询：Work.secret、WorkOrder.SECRET_ASC。', extensions: { code: 'FORBIDDEN' } }],
    });
    expect((await works.ask(query, {}, token)).data).toEqual({ works: { nodes: [{ secret: 's1' }, { secret: 's2' }] } });
    expect(await works.ask('{ workStatistics(by: [SECRET]) { coverage { complete } } }')).toMatchObject({ status: 403 });
    expect(await works.ask(query, {}, 'nonsense')).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});
