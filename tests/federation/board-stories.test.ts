/**
 * The user stories of the board end to end: the latest notices of the whole province, a company's awards across cities,
 * statistics by city and month; each with everybody there and with a city that is down, silent, stalled or answering garbage.
 * @see design/architecture.md, design/partitioning.md P3
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { coverageWithout, wholeCoverage } from '../support/coverage-told.ts';
import { type Federation, startFederation } from '../support/federation.ts';
import { recordKinds, rowKinds, valueKinds } from '../support/outage-kinds.ts';
import { builder, fillToyProvince } from '../support/toy-lives.ts';
import { toyProvince } from '../support/toy-province.ts';

let federation: Federation;
beforeAll(async () => {
  // Far above what a healthy system takes, for machines that are busy.
  federation = await startFederation({ province: await toyProvince(), gateway: { systemDeadlineMs: 2000 } });
  await fillToyProvince(federation);
});
afterEach(() => federation.heal());
afterAll(() => federation[Symbol.asyncDispose]());

const city = 'yuecheng';
const everybody = {
  complete: true,
  answered: [{ code: 'toy-construction' }, { code: 'xingcheng' }, { code: 'yuecheng' }],
  missing: [],
  retryAfterMs: null,
};

describe('The latest notices of the whole province', () => {
  const query = `{ notices(first: 6) { nodes { title stage { label } system { code } publishedAt } ${wholeCoverage} } }`;
  const award = (title: string, system: string, publishedAt: string) => ({
    title: `${title}中标结果公告`,
    stage: { label: '交易结果' },
    system: { code: system },
    publishedAt,
  });
  const opening = (title: string, system: string, publishedAt: string) => ({
    title: `${title}开标记录`,
    stage: { label: '开标' },
    system: { code: system },
    publishedAt,
  });
  const [school, road] = ['星光小学新建工程', '月牙路改造工程'];

  test('come from all systems, newest first', async () => {
    const { data, errors } = await federation.ask({ query });
    expect({ data, errors }).toEqual({
      data: {
        notices: {
          nodes: [
            award(road, 'toy-construction', '2026-04-30T23:59:59+08:00'),
            award(road, 'yuecheng', '2026-04-30T23:59:59+08:00'),
            award(school, 'xingcheng', '2026-04-02T10:00:00+08:00'),
            award(school, 'xingcheng', '2026-04-01T10:00:00+08:00'),
            opening(road, 'toy-construction', '2026-03-25T09:30:00+08:00'),
            opening(road, 'yuecheng', '2026-03-25T09:30:00+08:00'),
          ],
          coverage: everybody,
        },
      },
      errors: [],
    });
  });

  test.each(rowKinds)('a city that is %s is named, all others stand', async (_name, behaviour, reason) => {
    await federation.make(behaviour, [city]);
    const { data, errors } = await federation.ask({ query });
    expect({ data, errors }).toEqual({
      data: {
        notices: {
          nodes: [
            award(road, 'toy-construction', '2026-04-30T23:59:59+08:00'),
            award(school, 'xingcheng', '2026-04-02T10:00:00+08:00'),
            award(school, 'xingcheng', '2026-04-01T10:00:00+08:00'),
            opening(road, 'toy-construction', '2026-03-25T09:30:00+08:00'),
            opening(school, 'xingcheng', '2026-03-20T09:30:00+08:00'),
            {
              title: '流星渠治理工程招标公告',
              stage: { label: '交易公告' },
              system: { code: 'toy-construction' },
              publishedAt: '2026-03-10T09:00:00+08:00',
            },
          ],
          coverage: coverageWithout(federation, { system: city, reason }),
        },
      },
      errors: [],
    });
  });
});

describe('A company’s awards across cities', () => {
  const query = `query Awards($code: [String!]!, $copies: Copies!) {
    deals(order: DECIDED_DESC, filter: { winners: { code: { in: $code } }, copies: $copies }) { nodes { title system { code } origin price { yuan } winners { entity { code } } } totalCount ${wholeCoverage} } }`;
  const deal = (title: string, system: string, origin: string, yuan: string) => ({
    title,
    system: { code: system },
    origin,
    price: { yuan },
    winners: [{ entity: { code: builder.code } }],
  });
  const civil = deal('土建', 'xingcheng', 'ORIGINAL', '9505000');
  const copy = deal('道路', 'toy-construction', 'COPY', '1800000');
  const road = deal('道路', 'yuecheng', 'ORIGINAL', '1800000');

  test.each([
    { copies: 'INCLUDE', nodes: [copy, road, civil] },
    { copies: 'EXCLUDE', nodes: [road, civil] },
  ])('are found by its code in every city, copies: $copies', async ({ copies, nodes }) => {
    const { data, errors } = await federation.ask({ query, variables: { code: [builder.code], copies } });
    const sorted = { deals: { nodes, totalCount: nodes.length, coverage: everybody } };
    expect({ data, errors }).toEqual({ data: sorted, errors: [] });
  });

  test.each(recordKinds)('with a city %s name it as missing', async (_name, behaviour, reason) => {
    await federation.make(behaviour, [city]);
    const { data, errors } = await federation.ask({ query, variables: { code: [builder.code], copies: 'EXCLUDE' } });
    expect({ data, errors }).toEqual({
      data: { deals: { nodes: [civil], totalCount: 1, coverage: coverageWithout(federation, { system: city, reason }) } },
      errors: [],
    });
  });
});

describe('Statistics by city and month', () => {
  const query = (partial: string): string =>
    `{ dealStatistics(by: [TRADING_PLACE, MONTH]${partial}) { groups { direction key { code label } deals priced price saved bidders } ${wholeCoverage} } }`;
  const group = (deals: number, price: string, saved: string) => ({
    direction: 'PUBLIC_PAYS',
    key: [
      { code: '990100', label: '星城市' },
      { code: '2026-04', label: null },
    ],
    deals,
    priced: deals,
    price,
    saved,
    bidders: deals * 2,
  });

  test('count a deal once, where it was traded, in the month of UTC+8', async () => {
    const { data, errors } = await federation.ask({ query: query('') });
    expect({ data, errors }).toEqual({
      data: { dealStatistics: { groups: [group(3, '14205000', '795000')], coverage: everybody } },
      errors: [],
    });
  });

  test.each(valueKinds)('with a city %s refuse, unless the caller takes a part', async (_name, behaviour, reason) => {
    await federation.make(behaviour, [city]);
    // At once: one after the other, the second would not ask a city that is known to be away.
    const [whole, part] = await Promise.all([federation.ask({ query: query('') }), federation.ask({ query: query(', partial: true') })]);
    expect({ data: whole.data ?? null, errors: whole.errors.map(({ code, path }) => ({ code, path })) }).toEqual({
      data: null,
      errors: [{ code: 'COVERAGE_INCOMPLETE', path: ['dealStatistics'] }],
    });
    expect(whole.errors[0]?.message).toContain(city);
    expect({ data: part.data, errors: part.errors }).toEqual({
      data: {
        dealStatistics: { groups: [group(2, '12405000', '595000')], coverage: coverageWithout(federation, { system: city, reason }) },
      },
      errors: [],
    });
  });
});
