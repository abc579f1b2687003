import { type Province, law } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestGraph, serveTestGraph } from './testing/test-graph.ts';
import { put, tell } from './testing/test-records.ts';
import { type TestStore, openTestStore } from './testing/test-store.ts';

import { provinceCodes } from './system-codes.ts';

/** A province that trades one thing the hub's list does not know, and names another its own way. */
const province: Province = {
  code: '990000',
  name: '甲省',
  nameEn: 'A',
  timeZone: 'Asia/Shanghai',
  servicePlatform: { platform: 'P', tradePlat: 'T' },
  categories: [
    { code: 'energy', name: '用能权', published: 'L', direction: 'PUBLIC_RECEIVES' },
    { code: 'advice', name: '中介服务', published: 'R', direction: 'PUBLIC_PAYS' },
    { code: 'land', name: '土地矿业', published: 'B', direction: 'PUBLIC_PAYS' },
  ],
  regions: [{ code: '990000', name: '甲省', nameEn: undefined, parent: undefined, until: undefined, pseudo: false }],
  systems: [],
};

test('what the province adds stands beside the nation’s, and changes nothing of it', () => {
  const codes = provinceCodes(province);
  const national = law().codes;
  expect([codes.label('CATEGORY', 'energy'), codes.direction('CATEGORY', 'energy')]).toEqual(['用能权', 'PUBLIC_RECEIVES']);
  expect([codes.label('CATEGORY', 'land'), codes.direction('CATEGORY', 'land')]).toEqual([
    national.label('CATEGORY', 'land'),
    national.direction('CATEGORY', 'land'),
  ]);
  expect(codes.label('REGION', '990000')).toBe('甲省');
  expect(codes.all().map(({ name }) => name)).toEqual(national.all().map(({ name }) => name));
});

describe('a category that is one line of province data travels through the open contract, without a release', () => {
  const contracts = ['board', 'other'];
  let opened: TestStore;
  let graph: TestGraph;
  let answers: readonly string[];
  beforeAll(async () => {
    opened = await openTestStore({
      contracts: law().contracts.flatMap(({ contract }) => (contracts.includes(contract.name) ? [contract] : [])),
    });
    const target = { ...opened.system(), codes: provinceCodes(province) };
    graph = await serveTestGraph(target);
    const trade = (key: string, category: string, price: string) => [
      put('OTHER_TRADE_PUB_INFO', key, {
        PROJECT_CODE: key,
        PROJECT_NAME: `${key}有偿出让`,
        ...(category === '' ? {} : { TRADE_CATEGORY: category }),
        PUBLISHING_TIME: '20260801090000',
      }),
      put('OTHER_TRADE_RESULT_INFO', key, {
        PROJECT_CODE: key,
        PROJECT_NAME: `${key}有偿出让`,
        ANNOUNCEMENT_TITLE: `${key}结果`,
        ...(category === '' ? {} : { TRADE_CATEGORY: category }),
        DEAL_PRICE: price,
        PRICE_UNIT: '0',
        BIDDER_COUNT: '4',
        BID_END_TIME: '20260810090000',
        PUBLISHING_TIME: '20260820090000',
      }),
    ];
    answers = await tell(target, ...trade('E', 'energy', '100'), ...trade('A', 'advice', '30'), ...trade('O', '', '5'));
  });
  afterAll(async () => {
    await graph[Symbol.asyncDispose]();
    await opened[Symbol.asyncDispose]();
  });

  test('its records are taken', () => {
    expect(answers).toEqual(Array.from({ length: 6 }, () => 'ACCEPTED 1'));
  });

  test('its notices and its deals are found by it and named as the province names it', async () => {
    const { data, errors } = await graph.ask(`{
      notices(filter: { category: { in: ["energy"] } }, order: PUBLISHED_ASC) { nodes { title category { code label } stage { code } deals { lotCode } } }
      deals(filter: { category: { in: ["energy"] } }) { nodes { lotCode category { code label } direction price { yuan } bidderCount } }
    }`);
    expect(errors).toBeUndefined();
    const category = { code: 'energy', label: '用能权' };
    expect(data).toEqual({
      notices: {
        nodes: [
          { title: 'E有偿出让', category, stage: { code: 'TENDER' }, deals: [{ lotCode: 'E' }] },
          { title: 'E结果', category, stage: { code: 'AWARD' }, deals: [{ lotCode: 'E' }] },
        ],
      },
      deals: { nodes: [{ lotCode: 'E', category, direction: 'PUBLIC_RECEIVES', price: { yuan: '100' }, bidderCount: 4 }] },
    });
  });

  test('statistics count it apart, and what the public pays never with what it receives', async () => {
    const { data } = await graph.ask('{ dealStatistics(by: [CATEGORY]) { groups { direction key { code label } deals price } } }');
    const group = (direction: string, code: string, label: string, price: string) => ({
      direction,
      key: [{ code, label }],
      deals: 1,
      price,
    });
    // A system's groups have no order.
    const groups: unknown = expect.arrayContaining([
      group('PUBLIC_PAYS', 'advice', '中介服务', '30'),
      group('PUBLIC_RECEIVES', 'energy', '用能权', '100'),
      group('PUBLIC_RECEIVES', 'other', '其他交易', '5'),
    ]);
    expect(data).toEqual({ dealStatistics: { groups } });
    expect(data).toMatchObject({ dealStatistics: { groups: { length: 3 } } });
  });
});
