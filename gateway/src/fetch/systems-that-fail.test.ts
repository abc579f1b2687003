/**
 * Systems that are slow, gone or talk nonsense, over real HTTP: nothing hangs, nothing foreign is accepted, the rest answers.
 */
import { encodeSystemCursor } from '@hub/schema';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { type FakeSystem, type Misbehaviour, workId, type WorkRow } from '../../testing/fake-system.ts';
import { listAt, put, type Step } from '../../testing/json.ts';
import { startWorks, type WorksGateway } from '../../testing/works-gateway.ts';

const rows = (letter: string): WorkRow[] => ['1', '2'].map((number) => ({ code: `${letter}${number}`, title: `${number}${letter}` }));
const query =
  '{ works(order: TITLE_ASC, first: 3) { edges { node { code } } totalCount coverage { complete answered { code } missing { system { code name } reason } } } }';

let works: WorksGateway;

beforeAll(async () => {
  works = await startWorks({ aa: rows('a'), bb: rows('b'), cc: rows('c') }, { systemDeadlineMs: 300 });
});
afterEach(() => works.heal());
afterAll(() => works[Symbol.asyncDispose]());

const raw =
  (status: number, body: string | Buffer): Misbehaviour =>
  (_request, response) => {
    response.writeHead(status).end(body);
    return true;
  };
const edgesPath: readonly Step[] = ['data', 'root', 'edges'];
const edges =
  (change: (edges: readonly unknown[]) => unknown): FakeSystem['alter'] =>
  (answer) =>
    put(answer, edgesPath, change(listAt(answer, ...edgesPath)));
const place =
  (path: readonly Step[], value: unknown): FakeSystem['alter'] =>
  (answer) =>
    put(answer, [...edgesPath, ...path], value);
const cursor = (id: string, value = '0'): string => encodeSystemCursor([value, id]);
const extraRow = (title: string) => {
  const id = workId('bb', title);
  return { cursor: cursor(id, title), key: { id }, n0: { code: title } };
};
const foreign = workId('aa', 'a1');
/** Away after three failures, and then for the rest of the test. */
const shy = { failures: 3, probeMs: 60_000, maxProbeMs: 60_000 };

interface Case {
  readonly name: string;
  readonly reason: string;
  readonly misbehave?: Misbehaviour;
  readonly alter?: FakeSystem['alter'];
}

const cases: readonly Case[] = [
  { name: 'hangs', reason: 'TIMEOUT', misbehave: () => true },
  { name: 'begins and hangs', reason: 'TIMEOUT', misbehave: (_request, response) => response.writeHead(200).write('{"data":') },
  { name: 'hangs up', reason: 'UNREACHABLE', misbehave: (request) => request.socket.destroy() === request.socket },
  { name: 'a proxy says nobody is there', reason: 'UNREACHABLE', misbehave: raw(502, '<html>Bad Gateway</html>') },
  { name: 'HTML', reason: 'INVALID_ANSWER', misbehave: raw(200, '<html>登录</html>') },
  { name: 'HTML with status 500', reason: 'INVALID_ANSWER', misbehave: raw(500, '<html></html>') },
  { name: 'nothing', reason: 'INVALID_ANSWER', misbehave: raw(200, '') },
  { name: 'truncated JSON', reason: 'INVALID_ANSWER', misbehave: raw(200, '{"data":{"root":{"edges":[{"cursor') },
  { name: 'bytes that are no UTF-8', reason: 'INVALID_ANSWER', misbehave: raw(200, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])) },
  { name: 'a list', reason: 'INVALID_ANSWER', misbehave: raw(200, '[]') },
  {
    name: 'a megabyte of header',
    reason: 'INVALID_ANSWER',
    misbehave: (_request, response) => response.writeHead(200, { x: 'y'.repeat(1024 * 1024) }).end('{}') === response,
  },
  { name: 'an endless body', reason: 'INVALID_ANSWER', misbehave: raw(200, Buffer.alloc(17 * 1024 * 1024, 0x20)) },
  { name: '200 with an error inside', reason: 'REFUSED', alter: () => ({ errors: [{ message: 'SELECT * FROM bid' }] }) },
  { name: '200 with an error beside whole data', reason: 'INVALID_ANSWER', alter: (answer) => put(answer, ['errors'], [{ message: 'x' }]) },
  {
    name: 'an error in a row that is not null',
    reason: 'INVALID_ANSWER',
    alter: (answer) => put(answer, ['errors'], [{ message: 'x', path: ['root', 'edges', 0, 'n0', 'code'] }]),
  },
  { name: 'wrong types', reason: 'INVALID_ANSWER', alter: place([0, 'n0', 'code'], 42) },
  { name: 'an absent field', reason: 'INVALID_ANSWER', alter: place([0, 'n0'], {}) },
  { name: 'rows out of order', reason: 'INVALID_ANSWER', alter: edges((list) => list.toReversed()) },
  { name: 'a row twice', reason: 'INVALID_ANSWER', alter: edges((list) => [...list, ...list]) },
  { name: 'more rows than asked for', reason: 'INVALID_ANSWER', alter: edges((list) => [...list, ...['7', '8', '9'].map(extraRow)]) },
  { name: 'a record whose id names another system', reason: 'INVALID_ANSWER', alter: place([0, 'key', 'id'], foreign) },
  {
    name: 'a record and a cursor that name another system',
    reason: 'INVALID_ANSWER',
    alter: edges(([first, ...rest]) => [put(put(first, ['key', 'id'], foreign), ['cursor'], cursor(foreign)), ...rest]),
  },
  { name: 'a cursor that is none', reason: 'INVALID_ANSWER', alter: place([0, 'cursor'], 'x') },
  { name: 'a count that is none', reason: 'INVALID_ANSWER', alter: (answer) => put(answer, ['data', 'root', 'totalCount'], -1) },
  { name: 'no list at all', reason: 'INVALID_ANSWER', alter: (answer) => put(answer, ['data', 'root'], null) },
];

describe('P3: a system that fails changes only its own rows', () => {
  test.each(cases)('$name: $reason', async ({ reason, ...fault }) => {
    Object.assign(works.system('bb'), fault);
    expect(await works.ask(query)).toEqual({
      status: 200,
      data: {
        works: {
          edges: ['a1', 'c1', 'a2'].map((code) => ({ node: { code } })),
          totalCount: 4,
          coverage: {
            complete: false,
            answered: [{ code: 'aa' }, { code: 'cc' }],
            missing: [{ system: { code: 'bb', name: 'bb系统' }, reason }],
          },
        },
      },
    });
    works.heal();
    expect(await works.ask('{ works { coverage { complete } } }')).toMatchObject({ data: { works: { coverage: { complete: true } } } });
  });

  test('foreign keys in an answer go nowhere', async () => {
    works.system('bb').alter = (answer) => {
      const text = JSON.stringify(answer).replace('"n0":{', '"n0":{"__proto__":{"polluted":1},"constructor":1,');
      return JSON.parse(text);
    };
    const { data } = await works.ask('{ works(order: TITLE_ASC, first: 2) { nodes { code } } }');
    expect(data).toEqual({ works: { nodes: [{ code: 'a1' }, { code: 'b1' }] } });
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  test('a failure inside a row comes at the row’s place in the page; what the system wrote about it is not repeated', async () => {
    works.system('bb').alter = (answer) =>
      put(
        put(answer, [...edgesPath, 0, 'n0', 'title'], null),
        ['errors'],
        [{ message: '底价 42', path: ['root', 'edges', 0, 'n0', 'title'], extensions: { code: 'INTERNAL', sql: 'x' } }],
      );
    expect(
      await works.ask('{ w: works(order: TITLE_ASC, first: 3) { e: edges { n: node { title code } } nodes { code } } }'),
    ).toMatchObject({
      data: { w: { e: [{ n: { title: '1a', code: 'a1' } }, { n: { title: null, code: 'b1' } }, { n: { title: '1c', code: 'c1' } }] } },
      errors: [
        {
          message: 'bb系统（bb）未能给出这一项。',
          path: ['w', 'e', 1, 'n', 'title'],
          extensions: { code: 'SYSTEM_FAILED', messageEn: 'bb could not give this.', system: 'bb' },
        },
      ],
    });
  });

  test('a fault of the question is told when every system finds it', async () => {
    const extensions = { code: 'FILTER_INVALID', messageEn: 'Two characters at least.' };
    for (const system of works.systems) system.alter = () => ({ errors: [{ message: '检索词至少两个字。', extensions }], data: null });
    expect(await works.ask(query)).toMatchObject({ errors: [{ message: '检索词至少两个字。', path: ['works'], extensions }] });
  });

  test('nobody answers: an error, not an empty page', async () => {
    for (const { code } of works.systems) works.kill(code);
    expect(await works.ask(query)).toMatchObject({
      data: null,
      errors: [{ path: ['works'], extensions: { code: 'SYSTEMS_UNAVAILABLE', retryAfterMs: expect.any(Number) } }],
    });
  });

  test('dear questions that time out put nobody away: a system that answers something light is asked on', async () => {
    await using slow = await startWorks({ aa: rows('a'), bb: rows('b') }, { systemDeadlineMs: 100, health: shy });
    slow.system('bb').misbehave = (_request, _response, body) => body.includes('totalCount');
    const missing = '{ works(first: 1) { totalCount coverage { missing { system { code } reason } } } }';
    for (const _ of [1, 2, 3]) {
      const told = [{ system: { code: 'bb' }, reason: 'TIMEOUT' }];
      expect((await slow.ask(missing)).data).toMatchObject({ works: { coverage: { missing: told } } });
    }
    expect(slow.system('bb').requests.map(({ query: asked }) => asked)).toEqual(['{ __typename }']);
    expect((await slow.ask('{ works(first: 1) { coverage { complete } } }')).data).toEqual({ works: { coverage: { complete: true } } });
  });

  test('a system that hangs on everything is away after the light question', async () => {
    await using hung = await startWorks({ aa: rows('a'), bb: rows('b') }, { systemDeadlineMs: 100, health: shy });
    const asked: string[] = [];
    hung.system('bb').misbehave = (_request, _response, body) => asked.push(body) > 0;
    for (const _ of [1, 2, 3]) await hung.ask(query);
    expect(asked.length).toBe(4);
    expect(asked.at(-1)).toBe('{"query":"{ __typename }"}');
    expect((await hung.ask(query)).data).toMatchObject({ works: { coverage: { missing: [{ reason: 'TIMEOUT' }] } } });
    expect(asked.length).toBe(4);
  });

  test('a system that is down for good is not waited for', async () => {
    await using quick = await startWorks(
      { aa: rows('a'), bb: rows('b') },
      { health: { failures: 1, probeMs: 60_000, maxProbeMs: 60_000 } },
    );
    quick.kill('bb');
    await quick.ask(query);
    quick.heal();
    expect(await quick.ask('{ works { coverage { retryAfterMs missing { reason } } } }')).toMatchObject({
      data: { works: { coverage: { retryAfterMs: expect.any(Number), missing: [{ reason: 'UNREACHABLE' }] } } },
    });
    expect(quick.system('bb').requests).toEqual([]);
  });
});
