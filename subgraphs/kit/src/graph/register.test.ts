/**
 * A shared register: many senders tell of one company, and whoever knows its code finds it.
 * @see schema/contracts/market.graphql; design/partitioning.md «Entities»
 */
import { law } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestGraph, serveTestGraph } from '../testing/test-graph.ts';
import { put, tell, withdraw } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

import type { SystemStore } from './context.ts';

const [builder, client, unknown] = ['91440300093677087R', '123100007847653857', '91350100M000100Y43'];
const lot = 'E1234560001000001001001';

let opened: TestStore;
let target: SystemStore;
let graph: TestGraph;
beforeAll(async () => {
  opened = await openTestStore({ contracts: law().contracts.flatMap(({ contract }) => (contract.name === 'market' ? [contract] : [])) });
  target = opened.system();
  graph = await serveTestGraph(target);
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await opened[Symbol.asyncDispose]();
});

const company = (dataKey: string, code: string, name: string, more = {}) =>
  put('LEGAL_PERSON_BASE', dataKey, { LEGAL_CODE: code, LEGAL_NAME: name, ...more });

describe('one company is one row', () => {
  test('two cities that send it, each under its own DATA_KEY, meet; the later statement stands', async () => {
    const told = await tell(
      target,
      company('north:1', builder, '甲公司', { DATA_TIMESTAMP: '20261101000000' }),
      company('south:77', builder.toLowerCase(), '甲股份有限公司', { DATA_TIMESTAMP: '20261102000000' }),
      company('north:2', client, '某中心', { DATA_TIMESTAMP: '20261101000000' }),
      put('LEGAL_PERSON_TRADE_PERFORM', 'north:9', { BIDDER_NO: builder, BID_SECTION_CODE: lot, TENDER_NAME: '某中心', TENDER_NO: client }),
    );
    expect(told).toEqual(['ACCEPTED 1', 'ACCEPTED 2', 'ACCEPTED 1', 'ACCEPTED 1']);
    const { data } = await graph.ask(
      `query ($code: String!) { marketEntityByCode(code: $code) { name code origin trackRecords { sectionCode } } marketEntities { totalCount } }`,
      { code: builder },
    );
    expect(data).toEqual({
      marketEntityByCode: { name: '甲股份有限公司', code: builder.toLowerCase(), origin: 'ORIGINAL', trackRecords: [{ sectionCode: lot }] },
      marketEntities: { totalCount: 2 },
    });
  });

  test('a withdrawal names the company, for DATA_KEY is no key here', async () => {
    expect(await tell(target, withdraw('LEGAL_PERSON_BASE', 'north:1'))).toEqual(['KEY_MISSING']);
    expect(await tell(target, company('x', unknown, '乙公司'), withdraw('LEGAL_PERSON_BASE', 'y', { LEGAL_CODE: unknown }))).toEqual([
      'ACCEPTED 1',
      'ACCEPTED 2',
    ]);
  });

  test('a person’s identity number in place of the code is refused', async () => {
    expect(await tell(target, company('z', '11010519491231002X', '张三'))).toEqual(['KEY_PERSON_NUMBER']);
  });
});

describe('a company is found by its code', () => {
  test('as an entity; one that the register does not know is null', async () => {
    const answer = await graph.ask('query ($of: [_Any!]!) { _entities(representations: $of) { ... on MarketEntity { name } } }', {
      of: [client, unknown, builder].map((code) => ({ __typename: 'MarketEntity', code })),
    });
    expect(answer).toEqual({ data: { _entities: [{ name: '某中心' }, null, { name: '甲股份有限公司' }] } });
  });

  test('from a party inside the register', async () => {
    const { data } = await graph.ask('{ trackRecords { nodes { principal { name entity { name organisationCode } } entity { name } } } }');
    expect(data).toEqual({
      trackRecords: {
        nodes: [{ principal: { name: '某中心', entity: { name: '某中心', organisationCode: null } }, entity: { name: '甲股份有限公司' } }],
      },
    });
  });
});
