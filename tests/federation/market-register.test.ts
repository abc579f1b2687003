/**
 * The shared register of companies: one system of the province holds it, and every party of every contract leads there. When it
 * is away, only what it alone knows is.
 * @see schema/PROTOCOL.md 1 and 9; design/partitioning.md «Operators»
 */
import { encodeRecordId, type Province, type SystemRow } from '@hub/schema';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { type Federation, startFederation } from '../support/federation.ts';
import { fill } from '../support/fill.ts';
import { at, listAt, textAt } from '../support/parse-json.ts';
import { builder, fillToyProvince, rival } from '../support/toy-lives.ts';
import { toyProvince } from '../support/toy-province.ts';

const register = 'toy-register';
let federation: Federation;

beforeAll(async () => {
  federation = await startFederation({ province: withRegister(await toyProvince()), gateway: { systemDeadlineMs: 2000 } });
  await fillToyProvince(federation);
  const target = federation.systems.find(({ system }) => system.code === register);
  if (target === undefined) throw new Error('the register runs');
  const told = (dataset: string, dataKey: string, fields: Readonly<Record<string, string>>) =>
    ({ dataset, dataKey, op: 'put', fields }) as const;
  federation.kept.push(
    ...(await fill(target, [
      told('LEGAL_PERSON_BASE', 'xingcheng:1', { LEGAL_CODE: builder.code, LEGAL_NAME: builder.name, LEGAL_REPRESENT: '示例一' }),
      told('LEGAL_PERSON_BASE', 'yuecheng:1', { LEGAL_CODE: builder.code, LEGAL_NAME: builder.name, LEGAL_REPRESENT: '示例二' }),
      told('TENDERER_EX_INFO', 'xingcheng:2', {
        LEGAL_CODE: builder.code,
        QUAL_NAME: '市政公用工程施工总承包',
        QUAL_CERT_NO: 'D144000001',
      }),
      told('LEGAL_PERSON_TRADE_PERFORM', 'xingcheng:3', {
        BIDDER_NO: builder.code,
        BID_SECTION_CODE: 'E9901000001110000000001',
        SECTION_NAME: '星光小学新建工程',
        TENDER_NAME: rival.name,
        TENDER_NO: rival.code,
      }),
    ])),
  );
});
afterEach(async () => {
  federation.gateway.setSystems(federation.routes);
  await federation.heal();
});
afterAll(() => federation[Symbol.asyncDispose]());

function withRegister(province: Province): Province {
  const [first] = province.systems;
  if (first === undefined) throw new Error('the toy province has systems');
  const row: SystemRow = {
    ...first,
    code: register,
    name: '玩具省市场主体登记',
    region: province.code,
    platformCodes: [],
    contracts: ['market'],
  };
  return { ...province, systems: [...province.systems, row] };
}

const winners = (company: string): string =>
  `{ deals(order: DECIDED_DESC, filter: { copies: EXCLUDE, winners: { name: { text: "示例" } } }) {
    nodes { title winners { name entity { code ${company} } } } totalCount coverage { complete } } }`;
const shown = (data: unknown): readonly (readonly unknown[])[] =>
  listAt(data, 'deals', 'nodes').map((deal) => [at(deal, 'title'), at(deal, 'winners', 0, 'entity')]);
const titles = { road: '道路', fitting: '装修', works: '土建' };

describe('From a deal to the company that won it', () => {
  const known = {
    code: builder.code,
    name: builder.name,
    legalRepresentative: '示例二',
    trackRecords: [{ tenderProjectName: '星光小学新建工程', principal: { name: rival.name, entity: null } }],
  };
  const unregistered = { code: rival.code, name: null, legalRepresentative: null, trackRecords: null };

  test('its one entry, whoever sent it last, with its track record; one without an entry keeps its code', async () => {
    const { data, errors } = await federation.ask({
      query: winners('name legalRepresentative trackRecords { tenderProjectName principal { name entity { name } } }'),
    });
    expect(errors).toEqual([]);
    expect(shown(data)).toEqual([
      [titles.road, known],
      [titles.fitting, unregistered],
      [titles.works, known],
    ]);
  });

  test('whose qualification it is, is for the government; the record fields of an entry are its own', async () => {
    const query = winners('id system { code } origin bidderQualifications { name certificateNumber }');
    expect((await federation.ask({ query })).errors.map(({ code }) => code)).toEqual(['FORBIDDEN']);
    const { data } = await federation.ask({ query, level: 'GOVERNMENT' });
    expect(shown(data)[2]).toEqual([
      titles.works,
      {
        code: builder.code,
        id: encodeRecordId({ system: register, type: 'MarketEntity', key: builder.code }),
        system: { code: register },
        origin: 'ORIGINAL',
        bidderQualifications: [{ name: '市政公用工程施工总承包', certificateNumber: 'D144000001' }],
      },
    ]);
    expect(shown(data)[1]).toEqual([
      titles.fitting,
      { code: rival.code, id: null, system: null, origin: null, bidderQualifications: null },
    ]);
  });

  test('the register is down: null with an error for what it alone knows, all else answers', async () => {
    await federation.make('refused', [register]);
    const { data, errors } = await federation.ask({ query: winners('name legalRepresentative') });
    expect(shown(data)).toEqual([
      [titles.road, { code: builder.code, name: null, legalRepresentative: null }],
      [titles.fitting, { code: rival.code, name: null, legalRepresentative: null }],
      [titles.works, { code: builder.code, name: null, legalRepresentative: null }],
    ]);
    expect([at(data, 'deals', 'totalCount'), at(data, 'deals', 'coverage')]).toEqual([3, { complete: true }]);
    expect(errors.map(({ code, extensions }) => [code, extensions['system']])).toEqual([['SYSTEM_FAILED', register]]);
  });
});

describe('The register itself', () => {
  test('is listed, looked up and paged like any contract, with coverage of the one system that holds it', async () => {
    const query = `query ($code: String!) {
      marketEntities(filter: { name: { text: "示例甲" } }) { nodes { code name } totalCount coverage { complete answered { code } missing { system { code } } } }
      marketEntityByCode(code: $code) { name system { code name } }
      trackRecords(first: 1) { nodes { entity { name } } pageInfo { hasNextPage endCursor } }
    }`;
    const { data, errors } = await federation.ask({ query, variables: { code: builder.code.toLowerCase() } });
    expect(errors).toEqual([]);
    expect(data).toEqual({
      marketEntities: {
        nodes: [{ code: builder.code, name: builder.name }],
        totalCount: 1,
        coverage: { complete: true, answered: [{ code: register }], missing: [] },
      },
      marketEntityByCode: { name: builder.name, system: { code: register, name: '玩具省市场主体登记' } },
      trackRecords: { nodes: [{ entity: { name: builder.name } }], pageInfo: { hasNextPage: false, endCursor: expect.any(String) } },
    });
    const after = textAt(data, 'trackRecords', 'pageInfo', 'endCursor');
    const next = await federation.ask({
      query: 'query ($after: String) { trackRecords(after: $after) { nodes { id } } }',
      variables: { after },
    });
    expect(next.data).toEqual({ trackRecords: { nodes: [] } });
  });

  test('is asked for one entry by id; a trading system’s id of that kind leads nowhere', async () => {
    const query = 'query ($id: ID!) { marketEntity(id: $id) { name } }';
    const ask = async (system: string) => {
      const id = encodeRecordId({ system, type: 'MarketEntity', key: builder.code });
      const { data, errors } = await federation.ask({ query, variables: { id } });
      return [at(data, 'marketEntity'), errors.map(({ code }) => code)];
    };
    expect(await ask(register)).toEqual([{ name: builder.name }, []]);
    expect(await ask('xingcheng')).toEqual([null, []]);
  });

  test.each<[string, string, readonly string[]]>([
    ['held by nobody', 'SYSTEMS_UNAVAILABLE', []],
    ['held by two', 'CONFIG_INVALID', [register, 'xingcheng']],
  ])('is %s: said, and all else answers', async (_, code, holders) => {
    const rows = federation.routes.map((row) => ({ ...row, contracts: contractsOf(row.contracts ?? [], holders.includes(row.code)) }));
    federation.gateway.setSystems(rows);
    const list = await federation.ask({ query: '{ marketEntities { totalCount } }' });
    expect([list.data, list.errors.map((error) => error.code)]).toEqual([null, [code]]);
    const { data, errors } = await federation.ask({ query: winners('name') });
    expect(shown(data).map(([, entity]) => entity)).toEqual(
      [builder, rival, builder].map((company) => ({ code: company.code, name: null })),
    );
    expect(errors.map((error) => error.code)).toEqual([code]);
  });
});

function contractsOf(contracts: readonly string[], holds: boolean): readonly string[] {
  return [...contracts.filter((name) => name !== 'market'), ...(holds ? ['market'] : [])];
}
