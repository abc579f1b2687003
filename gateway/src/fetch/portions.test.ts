/**
 * A page whose rows lie unevenly: one system has most of them.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { WorkRow } from '../../testing/fake-system.ts';
import { at, listAt } from '../../testing/json.ts';
import { startWorks, type WorksGateway } from '../../testing/works-gateway.ts';

const rowsOf = (system: string, count: number): readonly WorkRow[] =>
  Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(3, '0');
    return { code: `${system}-${number}`, title: number, price: null, publishedAt: null, secret: null };
  });
const tables = { aa: rowsOf('aa', 150), bb: rowsOf('bb', 10), cc: [] };
const codes = [...tables.aa, ...tables.bb]
  .toSorted((a, b) => (`${a.title}${a.code}` < `${b.title}${b.code}` ? -1 : 1))
  .map(({ code }) => code);
const query = `query($after: String) { works(order: TITLE_ASC, first: 100, after: $after) {
  edges { late node { code } } totalCount pageInfo { hasNextPage endCursor } coverage { complete missing { system { code } reason } }
} }`;

let works: WorksGateway;
beforeAll(async () => {
  works = await startWorks(tables);
});
afterEach(() => works.heal());
afterAll(() => works[Symbol.asyncDispose]());

const askedOf = (system: string): readonly unknown[] => works.system(system).requests.map(({ variables }) => variables['hub_first']);
const codesOf = (data: unknown): readonly unknown[] => listAt(data, 'works', 'edges').map((edge) => at(edge, 'node', 'code'));

describe('partitioning.md «Page», in portions', () => {
  test('each is asked for its share, and one that had it all on the page for the rest', async () => {
    const { data } = await works.ask(query);
    expect(codesOf(data)).toEqual(codes.slice(0, 100));
    expect(at(data, 'works', 'totalCount')).toBe(160);
    expect({ aa: askedOf('aa'), bb: askedOf('bb'), cc: askedOf('cc') }).toEqual({ aa: [58, 43], bb: [58], cc: [58] });
  });

  test('one that fails the second time is away with all it gave, and late on the next page', async () => {
    works.kill('aa', '"hub_first":43');
    const first = await works.ask(query);
    expect(first.data).toMatchObject({
      works: {
        edges: tables.bb.map(({ code }) => ({ late: false, node: { code } })),
        pageInfo: { hasNextPage: true },
        coverage: { complete: false, missing: [{ system: { code: 'aa' }, reason: 'UNREACHABLE' }] },
      },
    });
    works.heal();
    const second = await works.ask(query, { after: at(first.data, 'works', 'pageInfo', 'endCursor') });
    expect(codesOf(second.data)).toEqual(tables.aa.slice(0, 100).map(({ code }) => code));
    expect(listAt(second.data, 'works', 'edges').map((edge) => at(edge, 'late'))).toEqual(
      tables.aa.slice(0, 100).map((_, index) => index < 10),
    );
  });

  test('rows that do not go on from the first portion are not taken', async () => {
    let before: unknown;
    works.system('aa').alter = (answer) => {
      const edges = listAt(before ?? answer, 'data', 'root', 'edges').slice(-43);
      const repeated = { data: { root: { edges, totalCount: 150 } } };
      if (before !== undefined) return repeated;
      before = answer;
      return answer;
    };
    expect((await works.ask(query)).data).toMatchObject({
      works: {
        edges: tables.bb.map(({ code }) => ({ node: { code } })),
        coverage: { missing: [{ system: { code: 'aa' }, reason: 'INVALID_ANSWER' }] },
      },
    });
  });

  test('when nobody is left the question has no page', async () => {
    works.kill('bb');
    works.kill('cc');
    works.kill('aa', '"hub_first":43');
    expect(await works.ask(query)).toMatchObject({ errors: [{ extensions: { code: 'SYSTEMS_UNAVAILABLE' } }] });
  });
});
