/**
 * Systems that are slow, gone or talk nonsense, over real HTTP: nothing hangs, nothing foreign is accepted, the rest answers.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { FakeSystem, Misbehaviour, WorkRow } from '../../testing/fake-system.ts';
import { workId } from '../../testing/fake-system.ts';
import { startWorks, type WorksGateway } from '../../testing/works-gateway.ts';

const rows = (letter: string): WorkRow[] => ['1', '2'].map((number) => ({ code: `${letter}${number}`, title: `${number}${letter}` }));
const query = '{ works(order: TITLE_ASC, first: 3) { edges { node { code } } totalCount coverage { complete answered { code } missing { system { code name } reason } } } }';

let works: WorksGateway;
let bad: FakeSystem;

beforeAll(async () => {
  works = await startWorks({ aa: rows('a'), bb: rows('b'), cc: rows('c') }, { systemDeadlineMs: 300, health: { failures: 1000, probeMs: 1, maxProbeMs: 1 } });
  const found = works.systems['bb'];
  if (found === undefined) throw new Error('no system');
  bad = found;
});
afterAll(() => works[Symbol.asyncDispose]());

const raw = (status: number, type: string, body: string | Buffer): Misbehaviour => (_request, response) => {
  response.writeHead(status, { 'content-type': type }).end(body);
  return true;
};
const altered = (change: (edges: any[], answer: any) => unknown): FakeSystem['alter'] => (answer: any) => {
  const edges = answer.data.root.edges;
  return change(edges, answer) ?? answer;
};

const misbehaviours: readonly (readonly [name: string, reason: string, misbehave: Misbehaviour | undefined, alter: FakeSystem['alter']])[] = [
  ['hangs', 'TIMEOUT', () => true, undefined],
  ['begins and hangs', 'TIMEOUT', (_request, response) => (response.writeHead(200).write('{"data":'), true), undefined],
  ['hangs up', 'UNREACHABLE', (request) => (request.socket.destroy(), true), undefined],
  ['a proxy says nobody is there', 'UNREACHABLE', raw(502, 'text/html', '<html>Bad Gateway</html>'), undefined],
  ['HTML', 'INVALID_ANSWER', raw(200, 'text/html', '<html>登录</html>'), undefined],
  ['HTML with status 500', 'INVALID_ANSWER', raw(500, 'text/html', '<html></html>'), undefined],
  ['nothing', 'INVALID_ANSWER', raw(200, 'application/json', ''), undefined],
  ['truncated JSON', 'INVALID_ANSWER', raw(200, 'application/json', '{"data":{"root":{"edges":[{"cursor'), undefined],
  ['bytes that are no UTF-8', 'INVALID_ANSWER', raw(200, 'application/json', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), undefined],
  ['a list', 'INVALID_ANSWER', raw(200, 'application/json', '[]'), undefined],
  ['a megabyte of header', 'INVALID_ANSWER', (_request, response) => (response.writeHead(200, { x: 'y'.repeat(1024 * 1024) }).end('{}'), true), undefined],
  ['an endless body', 'INVALID_ANSWER', raw(200, 'application/json', Buffer.alloc(17 * 1024 * 1024, 0x20)), undefined],
  ['200 with an error inside', 'REFUSED', undefined, () => ({ errors: [{ message: 'SELECT * FROM bid' }] })],
  ['200 with an error beside whole data', 'INVALID_ANSWER', undefined, (answer) => ({ ...answer, errors: [{ message: 'x' }] })],
  ['an error in a row that is not null', 'INVALID_ANSWER', undefined, altered((_edges, answer) => ({ ...answer, errors: [{ message: 'x', path: ['root', 'edges', 0, 'n0', 'code'] }] }))],
  ['wrong types', 'INVALID_ANSWER', undefined, altered((edges) => void (edges[0].n0.code = 42))],
  ['an absent field', 'INVALID_ANSWER', undefined, altered((edges) => void delete edges[0].n0.code)],
  ['rows out of order', 'INVALID_ANSWER', undefined, altered((edges) => void edges.reverse())],
  ['a row twice', 'INVALID_ANSWER', undefined, altered((edges) => void edges.push(edges[1]))],
  ['more rows than asked for', 'INVALID_ANSWER', undefined, altered((edges) => void edges.push(...edges, ...edges, ...edges))],
  ['a record whose id names another system', 'INVALID_ANSWER', undefined, altered((edges) => void (edges[0].key.id = workId('aa', 'a1')))],
  ['a cursor whose id names another system', 'INVALID_ANSWER', undefined, altered((edges) => { const id = workId('aa', '0'); edges[0].key.id = id; edges[0].cursor = Buffer.from(JSON.stringify(['0', id])).toString('base64url'); })],
  ['a cursor that is none', 'INVALID_ANSWER', undefined, altered((edges) => void (edges[0].cursor = 'x'))],
  ['a count that is none', 'INVALID_ANSWER', undefined, altered((_edges, answer) => void (answer.data.root.totalCount = -1))],
  ['no list at all', 'INVALID_ANSWER', undefined, altered((_edges, answer) => void (answer.data.root = null))],
];

describe('P3: a system that fails changes only its own rows', () => {
  test.each(misbehaviours)('%s: %s', async (_name, reason, misbehave, alter) => {
    bad.misbehave = misbehave;
    bad.alter = alter;
    try {
      const { data, errors } = await works.ask(query);
      expect(errors).toBeUndefined();
      expect(data.works).toEqual({
        edges: ['a1', 'c1', 'a2'].map((code) => ({ node: { code } })),
        totalCount: 4,
        coverage: { complete: false, answered: [{ code: 'aa' }, { code: 'cc' }], missing: [{ system: { code: 'bb', name: 'bb系统' }, reason }] },
      });
    } finally {
      bad.misbehave = undefined;
      bad.alter = undefined;
    }
    expect((await works.ask(query)).data.works.coverage.complete).toBe(true);
  });

  test('foreign keys in an answer go nowhere', async () => {
    bad.alter = altered((edges) => void Object.assign(edges[0].n0, JSON.parse('{"__proto__":{"polluted":1},"constructor":1}')));
    const { data } = await works.ask(query);
    bad.alter = undefined;
    expect(data.works.edges[1]).toEqual({ node: { code: 'b1' } });
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  test('what a system says in its errors is not repeated', async () => {
    bad.alter = (answer: any) => {
      answer.data.root.edges[0].n0.title = null;
      return { ...answer, errors: [{ message: '底价 42', path: ['root', 'edges', 0, 'n0', 'title'], extensions: { code: 'INTERNAL', sql: 'x' } }] };
    };
    const { data, errors } = await works.ask('{ w: works(order: TITLE_ASC, first: 3) { e: edges { n: node { title code } } nodes { code } } }');
    bad.alter = undefined;
    expect(data.w.e.map(({ n }: any) => n)).toEqual([{ title: '1a', code: 'a1' }, { title: null, code: 'b1' }, { title: '1c', code: 'c1' }]);
    expect(errors).toEqual([
      { message: 'bb系统（bb）未能给出这一项。', path: ['w', 'e', 1, 'n', 'title'], extensions: { code: 'SYSTEM_FAILED', messageEn: 'bb could not give this.', system: 'bb' } },
    ]);
  });

  test('a fault of the question is told when every system finds it', async () => {
    const fault = { errors: [{ message: '检索词至少两个字。', extensions: { code: 'FILTER_INVALID', messageEn: 'Two characters at least.' } }], data: null };
    for (const system of Object.values(works.systems)) system.alter = () => fault;
    const { errors } = await works.ask(query);
    for (const system of Object.values(works.systems)) system.alter = undefined;
    expect(errors).toEqual([{ message: '检索词至少两个字。', path: ['works'], extensions: { code: 'FILTER_INVALID', messageEn: 'Two characters at least.', system: expect.any(String) } }]);
  });

  test('nobody answers: an error, not an empty page', async () => {
    for (const system of Object.values(works.systems)) system.misbehave = (request) => (request.socket.destroy(), true);
    const { data, errors } = await works.ask(query);
    for (const system of Object.values(works.systems)) system.misbehave = undefined;
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['works'], extensions: { code: 'SYSTEMS_UNAVAILABLE', retryAfterMs: expect.any(Number) } }]);
  });
});
