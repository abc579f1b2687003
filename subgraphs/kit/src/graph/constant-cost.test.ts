import { execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { logStatements } from '../testing/statement-log.ts';
import { serveTestGraph } from '../testing/test-graph.ts';
import { accept, put } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

import { typeOfId } from './build-schema.ts';
import { type SystemStore, systemContext } from './context.ts';

let opened: TestStore;
let target: SystemStore;
beforeAll(async () => {
  opened = await openTestStore();
  target = opened.system();
  const time = '20260801090000';
  for (let project = 0; project < 60; project += 1) {
    const code = `P${project}`;
    const lots = [`${code}-1`, `${code}-2`];
    await accept(target, [
      put('TENDER_PROJECT', code, { TENDER_PROJECT_CODE: code, TENDER_PROJECT_NAME: '项目', PROJECT_CODE: 'C1' }),
      put('TENDER_ANN_QUA_INQUERY_ANN', code, {
        TENDER_PROJECT_CODE: code,
        BID_SECTION_CODES: lots.join(';'),
        NOTICE_NAME: '公告',
        BID_OPEN_TIME: time,
      }),
      ...lots.flatMap((lot) => [
        put('SECTION', lot, { TENDER_PROJECT_CODE: code, BID_SECTION_CODE: lot, BID_SECTION_NAME: '标段' }),
        put('TENDER_LIST', `${lot}-a`, { TENDER_PROJECT_CODE: code, BID_SECTION_CODE: lot, BIDDER_NAME: '甲公司' }),
        put('TENDER_LIST', `${lot}-b`, { TENDER_PROJECT_CODE: code, BID_SECTION_CODE: lot, BIDDER_NAME: '乙公司' }),
        put('WIN_RESULT_ANNO', lot, { TENDER_PROJECT_CODE: code, BID_SECTION_CODE: lot, NOTICE_NAME: '结果', NOTICE_SEND_TIME: time }),
      ]),
    ]);
  }
}, 60_000);
afterAll(() => opened[Symbol.asyncDispose]());

async function statementsFor(query: string): Promise<number> {
  await using graph = await serveTestGraph(target);
  const log = logStatements(target.store.reading);
  const contextValue = systemContext(
    { ...target, store: { ...target.store, reading: log.db } },
    { typeOfId, signal: new AbortController().signal },
  );
  const { data, errors } = await execute({ schema: graph.schema, document: parse(query), contextValue });
  expect(errors).toBeUndefined();
  expect(JSON.stringify(data).length).toBeGreaterThan(100);
  return log.statements.length;
}

const nested = (first: number): string => `{
  tenderProjects(first: ${first}, order: RECEIVED_ASC) {
    totalCount
    nodes {
      name
      notices { title sections { code } }
      sections { code tenderProject { name } bids { bidders { name } section { code } } awardNotices { winners { name } } }
      bids { bidders { name } }
      awardNotices { title section { tenderProject { code } } }
    }
  }
}`;
const board = (first: number): string => `{
  deals(first: ${first}, order: RECEIVED_ASC) { nodes { bidderCount notices { title deals { title record { __typename id receivedAt } } } record { id } } }
}`;

describe('issue: a page costs a constant number of SQL statements', () => {
  test.each([
    ['projects with sections, bids, notices and awards', nested, 10],
    ['deals with notices, their deals, and the records behind them', board, 4],
  ])('%s', async (_, query, statements) => {
    const costs = [await statementsFor(query(6)), await statementsFor(query(50))];
    expect(costs).toEqual([statements, statements]);
  });

  test('only what is asked for is read', async () => {
    const page = async (selection: string): Promise<number> =>
      statementsFor(`{ tenderProjects(first: 5) ${selection} bids { totalCount pageInfo { endCursor } edges { cursor } nodes { id } } }`);
    expect([await page('{ totalCount }'), await page('{ coverage { complete } }'), await page('{ nodes { name } totalCount }')]).toEqual([
      3, 2, 4,
    ]);
  });

  test('entities of one type are one statement', async () => {
    const { data } = await askOnce(`{ tenderProjects(first: 50) { nodes { id } } }`);
    const ids = JSON.stringify(data).match(/(?<="id":)"[^"]+"/g) ?? [];
    expect(ids).toHaveLength(50);
    const representations = `[${ids.map((id) => `{ __typename: "TenderProject", id: ${id} }`).join(' ')}]`;
    expect(await statementsFor(`{ _entities(representations: ${representations}) { ... on TenderProject { name } } }`)).toBe(1);
  });
});

async function askOnce(query: string): Promise<{ readonly data?: unknown }> {
  await using graph = await serveTestGraph(target);
  return await graph.ask(query);
}
