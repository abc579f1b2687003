/**
 * A value that is none of its scalar: the answer says where, what and how to write it; no system is asked, none is blamed.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { startWorks, threeTables, type WorksGateway } from '../../testing/works-gateway.ts';

let works: WorksGateway;

beforeAll(async () => void (works = await startWorks(threeTables)));
afterEach(() => works.heal());
afterAll(() => works[Symbol.asyncDispose]());

const inQuery = (filter: string): string => `{ works(filter: { ${filter} }) { totalCount } }`;
const instant = '"2026-01-31T09:00:00+08:00"';

describe('graph.md «Errors»: a filter value that cannot be read', () => {
  test.each([
    ['publishedAt: { gte: "2026-11-22" }', 'filter.publishedAt.gte', '"2026-11-22"', 'DateTime', instant],
    ['publishedAt: { lt: "0000-01-01T00:00:00+08:00" }', 'filter.publishedAt.lt', '"0000-01-01T00:00:00+08:00"', 'DateTime', instant],
    ['publishedAt: { lt: 20261122 }', 'filter.publishedAt.lt', '20261122', 'DateTime', instant],
    ['price: { gte: 1000000 }', 'filter.price.gte', '1000000', 'Decimal', '"1000000"'],
    ['price: { gte: "1e400" }', 'filter.price.gte', '"1e400"', 'Decimal', '"12.5"'],
    ['price: { gte: 1e400 }', 'filter.price.gte', 'Infinity', 'Decimal', '"12.5"'],
    ['price: { gte: NaN }', 'filter.price.gte', '"NaN"', 'Decimal', '"12.5"'],
    [`price: { lt: "${'9'.repeat(200)}" }`, 'filter.price.lt', `"${'9'.repeat(59)}…`, 'Decimal', '"12.5"'],
    ['price: { lt: { yuan: 1 } }', 'filter.price.lt', '{"yuan":1}', 'Decimal', '"12.5"'],
  ])('%s', async (filter, path, value, type, example) => {
    expect(await works.ask(inQuery(filter))).toMatchObject({
      status: 400,
      data: undefined,
      errors: [
        {
          message: `${path} 的值 ${value} 无效：${type} 应为带引号的文本，例如 ${example}。`,
          extensions: {
            code: 'FILTER_INVALID',
            messageEn: `${path}: ${value} is no ${type}; write it as a quoted text, for example ${example}.`,
          },
        },
      ],
    });
    expect(works.systems.flatMap(({ requests }) => requests)).toEqual([]);
    expect(works.events.filter(({ kind }) => kind === 'system-refused')).toEqual([]);
  });

  test('in a variable it is named by its place in the argument', async () => {
    const query = 'query ($filter: WorkFilter) { works(filter: $filter) { totalCount } }';
    expect(await works.ask(query, { filter: { price: { gte: 1000000 } } })).toMatchObject({
      errors: [{ message: expect.stringMatching(/^filter\.price\.gte 的值 1000000 无效/), extensions: { code: 'FILTER_INVALID' } }],
    });
    const value = 'query ($least: Decimal) { works(filter: { price: { gte: $least } }) { totalCount } }';
    expect(await works.ask(value, { least: 'NaN' })).toMatchObject({
      errors: [{ message: expect.stringMatching(/^filter\.price\.gte 的值 "NaN" 无效/), extensions: { code: 'FILTER_INVALID' } }],
    });
  });

  test('what can be read is asked for', async () => {
    const filter = `publishedAt: { gte: ${instant}, lt: null }, price: { gte: "-3", lt: "1.50" }`;
    expect((await works.ask(inQuery(filter))).errors).toBeUndefined();
    expect(works.systems.map(({ requests }) => requests.length)).toEqual([1, 1, 1]);
  });
});
