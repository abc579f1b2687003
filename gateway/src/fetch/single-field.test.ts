/**
 * Records by id and by code, statistics and entities over three systems, real HTTP, real plans.
 */
import { encodeRecordId } from '@hub/schema';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { workId } from '../../testing/fake-system.ts';
import { at, listAt, put } from '../../testing/json.ts';
import { startWorks, threeTables, type WorksGateway } from '../../testing/works-gateway.ts';

let works: WorksGateway;

beforeAll(async () => {
  works = await startWorks(threeTables);
});
afterEach(() => works.heal());
afterAll(() => works[Symbol.asyncDispose]());

const detailId = (system: string, key: string) => encodeRecordId({ system, type: 'Detail', key });

describe('partitioning.md «Single»', () => {
  test('an id fixes one system', async () => {
    const { data } = await works.ask('query($id: ID!) { work(id: $id) { id code system { code } } }', { id: workId('bb', 'B-1') });
    expect(data).toEqual({ work: { id: workId('bb', 'B-1'), code: 'B-1', system: { code: 'bb' } } });
    expect(works.systems.map(({ requests }) => requests.length)).toEqual([0, 1, 0]);
  });

  test.each([
    ['no id', 'nonsense', 'ID_INVALID'],
    ['an id of another type', detailId('bb', 'B-1'), 'ID_INVALID'],
    ['an id of a system that is not in the table', workId('zz', '1'), 'SYSTEM_UNKNOWN'],
  ])('%s: an error', async (_name, id, code) => {
    expect(await works.ask('query($id: ID!) { work(id: $id) { code } }', { id })).toEqual({
      status: 200,
      data: { work: null },
      errors: [{ message: expect.any(String), path: ['work'], extensions: expect.objectContaining({ code }) }],
    });
  });

  test('no such record: null', async () => {
    const answer = await works.ask('query($id: ID!) { work(id: $id) { code } }', { id: workId('bb', 'B-9') });
    expect(answer).toEqual({ status: 200, data: { work: null } });
  });

  test('a dead system is named, other fields answer', async () => {
    works.kill('bb');
    const query = 'query($a: ID!, $b: ID!) { a: work(id: $a) { code } b: work(id: $b) { code } }';
    expect(await works.ask(query, { a: workId('aa', 'A-1'), b: workId('bb', 'B-1') })).toMatchObject({
      data: { a: { code: 'A-1' }, b: null },
      errors: [{ path: ['b'], extensions: { code: 'SYSTEM_FAILED', system: 'bb' } }],
    });
  });

  test('another record than the one asked for is not accepted', async () => {
    works.system('aa').alter = (answer) => put(answer, ['data', 'root', 'hub_id'], workId('aa', 'A-2'));
    expect(await works.ask('query($id: ID!) { work(id: $id) { code } }', { id: workId('aa', 'A-1') })).toMatchObject({
      data: { work: null },
      errors: [{ extensions: { code: 'SYSTEM_FAILED', system: 'aa' } }],
    });
  });
});

describe('partitioning.md «Code»', () => {
  const query = 'query($code: String!) { w: workByCode(code: $code) { c: code system { code } warnings { rule message } } }';

  test('the original among copies', async () => {
    expect((await works.ask(query, { code: 'both' })).data).toEqual({ w: { c: 'BOTH', system: { code: 'aa' }, warnings: [] } });
  });

  test('none, and everybody answered: null', async () => {
    expect(await works.ask(query, { code: 'NONE' })).toEqual({ status: 200, data: { w: null } });
  });

  test('none, and somebody did not answer: not a null that lies', async () => {
    works.kill('cc');
    expect(await works.ask(query, { code: 'NONE' })).toMatchObject({
      data: { w: null },
      errors: [{ path: ['w'], extensions: { code: 'COVERAGE_INCOMPLETE', retryAfterMs: expect.any(Number) } }],
    });
  });

  test('one, and somebody did not answer: the record says so itself', async () => {
    works.kill('cc');
    const message = '以下系统未作答，其中可能另有同一编号的记录：cc。';
    expect(await works.ask(query, { code: 'B-1' })).toMatchObject({
      data: { w: { c: 'B-1', system: { code: 'bb' }, warnings: [{ rule: 'COVERAGE_INCOMPLETE', message }] } },
      errors: undefined,
      extensions: { warnings: [{ code: 'COVERAGE_INCOMPLETE', message, path: ['w'] }] },
    });
  });

  test('two originals: a conflict that names them', async () => {
    const { data, errors } = await works.ask(query, { code: 'TWICE' });
    expect(data).toEqual({ w: null });
    expect(errors).toMatchObject([{ message: expect.stringContaining(workId('aa', 'TWICE')), extensions: { code: 'CODE_CONFLICT' } }]);
  });
});

describe('partitioning.md «Code»: a system that has the code several times', () => {
  const query = 'query($code: String!) { w: workByCode(code: $code) { code system { code } } }';
  const quarrel = (among?: 'COPY') => () => ({
    data: { root: null },
    errors: [{ message: '两条', path: ['root'], extensions: { code: 'CODE_CONFLICT', messageEn: 'two', ...(among && { among }) } }],
  });

  test('two originals there: a conflict, whatever the others have', async () => {
    works.system('bb').alter = quarrel();
    const { data, errors } = await works.ask(query, { code: 'both' });
    expect(data).toEqual({ w: null });
    expect(errors).toMatchObject([{ message: '两条', extensions: { code: 'CODE_CONFLICT', system: 'bb' } }]);
  });

  test('only copies there: the one original elsewhere settles it', async () => {
    works.system('bb').alter = quarrel('COPY');
    expect(await works.ask(query, { code: 'both' })).toMatchObject({
      data: { w: { code: 'BOTH', system: { code: 'aa' } } },
      errors: undefined,
      extensions: undefined,
    });
  });

  test('only copies there and no original anywhere: a conflict', async () => {
    works.system('bb').alter = quarrel('COPY');
    const { data, errors } = await works.ask(query, { code: 'NONE' });
    expect(data).toEqual({ w: null });
    expect(errors).toMatchObject([{ extensions: { code: 'CODE_CONFLICT', system: 'bb' } }]);
  });
});

describe('partitioning.md «Group»', () => {
  const query = (partial: boolean) =>
    `{ s: workStatistics(by: [TITLE], partial: ${partial}) { __typename g: groups { k: key { code } n: works price } coverage { complete } } }`;

  test('P4: groups are sums, whatever the client calls them', async () => {
    expect((await works.ask(query(false))).data).toEqual({
      s: {
        __typename: 'WorkStatistics',
        g: [
          { k: [{ code: '丙' }], n: 1, price: '100' },
          { k: [{ code: '乙' }], n: 1, price: '-3' },
          { k: [{ code: '双' }], n: 2, price: '2' },
          { k: [{ code: '重' }], n: 2, price: '0' },
          { k: [{ code: '（甲' }], n: 1, price: '9.5' },
          { k: [{ code: '𠮷' }], n: 1, price: '10' },
        ],
        coverage: { complete: true },
      },
    });
  });

  test('a dimension is named once, and nobody is asked when it is not', async () => {
    expect(await works.ask('{ s: workStatistics(by: [TITLE, TITLE]) { groups { works } } }')).toMatchObject({
      data: null,
      errors: [{ message: 'by 中 TITLE 重复，每个维度只写一次。', path: ['s'], extensions: { code: 'QUERY_INVALID' } }],
    });
    expect(works.systems.flatMap(({ requests }) => requests)).toEqual([]);
  });

  test('all systems must answer, unless the caller says partial', async () => {
    works.kill('cc');
    expect(await works.ask(query(false))).toMatchObject({
      data: null,
      errors: [{ path: ['s'], extensions: { code: 'COVERAGE_INCOMPLETE' } }],
    });
    const { data } = await works.ask(query(true));
    expect([listAt(data, 's', 'g').length, at(data, 's', 'coverage')]).toEqual([5, { complete: false }]);
  });
});

describe('partitioning.md «Entities»', () => {
  const query = '{ works(order: TITLE_ASC, first: 8) { nodes { code record { id ... on Detail { text origin } } } } }';
  const texts = (data: unknown) => listAt(data, 'works', 'nodes').map((node) => [at(node, 'code'), at(node, 'record', 'text') ?? null]);

  test('each system is asked once, for each entity once', async () => {
    const { data } = await works.ask(query);
    expect(at(data, 'works', 'nodes', 0)).toEqual({
      code: 'C-1',
      record: { id: detailId('cc', 'C-1'), text: 'detail of C-1', origin: 'ORIGINAL' },
    });
    const entityRequests = works.systems.map(({ requests }) => requests.filter((request) => request.query.includes('_entities')).length);
    expect(entityRequests).toEqual([1, 1, 1]);
  });

  test('P5, P3: a dead system nulls only its own and gives one error', async () => {
    works.kill('bb', '_entities');
    const { data, errors } = await works.ask(query);
    expect(texts(data)).toEqual([
      ['C-1', 'detail of C-1'],
      ['B-1', null],
      ['BOTH', 'detail of BOTH'],
      ['BOTH', null],
      ['TWICE', 'detail of TWICE'],
      ['TWICE', null],
      ['A-1', 'detail of A-1'],
      ['A-2', 'detail of A-2'],
    ]);
    expect(errors).toMatchObject([{ extensions: { code: 'SYSTEM_FAILED', system: 'bb' } }]);
  });

  test('entities that are not the ones asked for are not accepted', async () => {
    works.system('aa').alter = (answer) => {
      const entities = listAt(answer, 'data', 'root');
      return entities.length === 0 ? answer : put(answer, ['data', 'root'], entities.toReversed());
    };
    const { data, errors } = await works.ask(query);
    expect(texts(data).filter(([, text]) => text === null)).toHaveLength(4);
    expect(errors).toMatchObject([{ extensions: { code: 'SYSTEM_FAILED', system: 'aa' } }]);
  });

  test('the stock executor gets the same', async () => {
    await using stock = await startWorks(threeTables, { engine: 'reference' });
    const twice = query.replace('nodes', 'edges { node { record { ... on Detail { origin text } } } } nodes');
    const told = await stock.ask(twice);
    expect(told).toEqual(await works.ask(twice));
    expect([told.errors, texts(told.data)[0]]).toEqual([undefined, ['C-1', 'detail of C-1']]);
  });
});
