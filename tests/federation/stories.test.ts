/**
 * The user stories end to end: the latest notices of the whole province, one project with its sections, bids and results, a
 * company's awards across cities, statistics by city and month; each with everybody there and with a city that is down,
 * silent, stalled or answering garbage. @see design/architecture.md, design/partitioning.md P3
 */
import { encodeRecordId } from '@hub/schema';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { type Missing, coverageWithout, wholeCoverage } from '../support/coverage-told.ts';
import { type Federation, startFederation } from '../support/federation.ts';
import { garbage } from '../support/garbage.ts';
import { at, listAt } from '../support/parse-json.ts';
import { projectCode } from '../support/project-life.ts';
import type { Behaviour } from '../support/system-proxy.ts';
import { builder, fillToyProvince } from '../support/toy-lives.ts';
import { toyProvince } from '../support/toy-province.ts';

let federation: Federation;
beforeAll(async () => {
  // Far above what a healthy system takes, for machines that are busy.
  federation = await startFederation({ province: await toyProvince(), gateway: { systemDeadlineMs: 1500 } });
  await fillToyProvince(federation);
});
afterEach(() => federation.heal());
afterAll(() => federation[Symbol.asyncDispose]());

const city = 'yuecheng';
const outages: readonly (readonly [name: string, behaviour: Behaviour, reason: Missing['reason']])[] = [
  ['down', 'refused', 'UNREACHABLE'],
  ['silent', 'silent', 'TIMEOUT'],
  ['stalled', 'stalled', 'TIMEOUT'],
  ['answering HTML', garbage.html, 'INVALID_ANSWER'],
  ['answering with an error inside', garbage.errorInside, 'REFUSED'],
];

async function make(system: string, behaviour: Behaviour): Promise<void> {
  await federation.proxies.get(system)?.behave(behaviour);
}

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

  test.each(outages)('a city that is %s is named, all others stand', async (_name, behaviour, reason) => {
    await make(city, behaviour);
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

describe('One project with its sections, bids and results', () => {
  const parts = `name system { code } notices { title } sections { name bids { bidders { name } price { yuan } } } awardNotices { winners { name } price { yuan } }`;
  const byCode = (number: string): string =>
    `{ project: tenderProjectByCode(code: "${projectCode(number)}") { ${parts} warnings { rule } } }`;
  const byId = (system: string, number: string) => ({
    query: `query Project($id: ID!) { project: tenderProject(id: $id) { ${parts} } }`,
    variables: { id: encodeRecordId({ system, type: 'TenderProject', key: projectCode(number) }) },
  });
  const bid = (name: string, yuan: string) => ({ bidders: [{ name }], price: { yuan } });
  const bids = [bid('示例甲建筑有限公司', '1000000'), bid('示例乙路桥有限公司', '1010000')];
  const school = {
    name: '星光小学新建工程',
    system: { code: 'xingcheng' },
    notices: [{ title: '星光小学新建工程招标公告' }],
    sections: [
      { name: '土建', bids },
      { name: '装修', bids },
    ],
    awardNotices: [
      { winners: [{ name: '示例甲建筑有限公司' }], price: { yuan: '9505000' } },
      { winners: [{ name: '示例乙路桥有限公司' }], price: { yuan: '2900000' } },
    ],
  };

  test('is one answer of one system, and what has not been opened is not shown', async () => {
    expect((await federation.ask(byId('xingcheng', '11'))).data).toEqual({ project: school });
    expect((await federation.ask(byId('toy-construction', '13'))).data).toEqual({
      project: {
        name: '流星渠治理工程',
        system: { code: 'toy-construction' },
        notices: [{ title: '流星渠治理工程招标公告' }],
        sections: [{ name: '河道', bids: [] }],
        awardNotices: [],
      },
    });
  });

  test.each(outages)('of a city that is %s: by id null with a typed error, by code never a null that lies', async (_name, behaviour) => {
    await make('xingcheng', behaviour);
    const shown = ({ data, errors }: Awaited<ReturnType<Federation['ask']>>) => ({
      data,
      errors: errors.map(({ code, path, extensions }) => ({
        code,
        path,
        system: extensions['system'],
        retries: typeof extensions['retryAfterMs'],
      })),
    });
    expect(shown(await federation.ask(byId('xingcheng', '11')))).toEqual({
      data: { project: null },
      errors: [{ code: 'SYSTEM_FAILED', path: ['project'], system: 'xingcheng', retries: 'number' }],
    });
    const lookup = await federation.ask({ query: byCode('11') });
    expect({ data: lookup.data, codes: lookup.errors.map(({ code }) => code) }).toEqual({
      data: { project: null },
      codes: ['COVERAGE_INCOMPLETE'],
    });
    expect(lookup.errors[0]?.message).toContain('xingcheng');
  });

  test.each(outages)('of others, while a city is %s: the record, and a warning that another may exist', async (_name, behaviour) => {
    await make(city, behaviour);
    const { data, errors } = await federation.ask({ query: byCode('11') });
    expect(errors).toEqual([]);
    expect({ ...Object(at(data, 'project')), warnings: [] }).toEqual({ ...school, warnings: [] });
    expect(listAt(data, 'project', 'warnings').map((warning) => at(warning, 'rule'))).toContain('COVERAGE_INCOMPLETE');
  });

  test('that a city and the province both publish is the original’s', async () => {
    const { data, errors } = await federation.ask({ query: byCode('12') });
    expect({ system: at(data, 'project', 'system'), errors }).toEqual({ system: { code: 'yuecheng' }, errors: [] });
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

  test.each(outages)('with a city %s name it as missing', async (_name, behaviour, reason) => {
    await make(city, behaviour);
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

  test.each(outages)('with a city %s refuse, unless the caller takes a part', async (_name, behaviour, reason) => {
    await make(city, behaviour);
    const whole = await federation.ask({ query: query('') });
    expect({ data: whole.data ?? null, errors: whole.errors.map(({ code, path }) => ({ code, path })) }).toEqual({
      data: null,
      errors: [{ code: 'COVERAGE_INCOMPLETE', path: ['dealStatistics'] }],
    });
    expect(whole.errors[0]?.message).toContain(city);
    await federation.heal();
    await make(city, behaviour);
    const part = await federation.ask({ query: query(', partial: true') });
    expect({ data: part.data, errors: part.errors }).toEqual({
      data: {
        dealStatistics: { groups: [group(2, '12405000', '595000')], coverage: coverageWithout(federation, { system: city, reason }) },
      },
      errors: [],
    });
  });
});
