import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { HubError } from '../errors.ts';
import { creditCodeCheck } from '../identifiers/credit-code.ts';
import { orgCodeCheck } from '../identifiers/org-code.ts';
import { law } from '../law.ts';
import { isHeldBySystems } from '../subgraph-url.ts';
import { readProvince } from './read-province.ts';
import { citiesOf, cityOf, regionPath, regionsIn } from './regions.ts';

const lawContracts = law().contracts.flatMap(({ contract }) => (isHeldBySystems(contract) ? [contract] : []));

const document = (folder: string, name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../${folder}/${name}.json`, import.meta.url), 'utf8'));

const documents = (folder: string): { province: unknown; regions: unknown; systems: unknown } => ({
  province: document(folder, 'province'),
  regions: document(folder, 'regions'),
  systems: document(folder, 'systems'),
});

const small = {
  province: {
    code: '990000',
    name: '甲省',
    nameEn: 'A',
    timeZone: 'Asia/Shanghai',
    servicePlatform: { platform: 'P', tradePlat: 'T' },
    categories: [
      { code: 'construction', name: '工程' },
      { code: 'tea', name: '茶叶', published: 'T', direction: 'PUBLIC_RECEIVES' },
    ],
  },
  regions: [
    { code: '990000', name: '甲省', parent: null },
    { code: '990100', name: '乙市', nameEn: 'B', parent: '990000' },
    { code: '990102', name: '丙区', parent: '990100' },
    { code: '990121', name: '丁县', parent: '990100', until: '2009' },
    { code: '990101', name: '市辖区', parent: '990100', pseudo: true },
  ],
  systems: [
    {
      code: 'b',
      name: '乙市系统',
      nameEn: 'B',
      owner: { name: '乙市', creditCode: null },
      region: '990100',
      platformCodes: [{ platform: 'P1', tradePlat: 'T1' }],
      contracts: ['board'],
      registeredAt: '2026-11-01T00:00:00+08:00',
    },
  ],
};

describe('a province folder is read whole', () => {
  test('every entry becomes a row; what is absent is undefined', () => {
    expect(readProvince(small)).toEqual({
      code: '990000',
      name: '甲省',
      nameEn: 'A',
      timeZone: 'Asia/Shanghai',
      servicePlatform: { platform: 'P', tradePlat: 'T' },
      categories: [
        { code: 'construction', name: '工程', published: undefined, direction: undefined },
        { code: 'tea', name: '茶叶', published: 'T', direction: 'PUBLIC_RECEIVES' },
      ],
      regions: [
        { code: '990000', name: '甲省', nameEn: undefined, parent: undefined, until: undefined, pseudo: false },
        { code: '990100', name: '乙市', nameEn: 'B', parent: '990000', until: undefined, pseudo: false },
        { code: '990102', name: '丙区', nameEn: undefined, parent: '990100', until: undefined, pseudo: false },
        { code: '990121', name: '丁县', nameEn: undefined, parent: '990100', until: '2009', pseudo: false },
        { code: '990101', name: '市辖区', nameEn: undefined, parent: '990100', until: undefined, pseudo: true },
      ],
      systems: [
        {
          code: 'b',
          name: '乙市系统',
          nameEn: 'B',
          owner: { name: '乙市', creditCode: undefined },
          region: '990100',
          platformCodes: [{ platform: 'P1', tradePlat: 'T1' }],
          contracts: ['board'],
          registeredAt: '2026-11-01T00:00:00+08:00',
          state: 'PUBLISHED',
        },
      ],
    });
  });

  test.each([
    ['a missing name', { ...small, province: { ...small.province, name: '' } }, 'province.json 的 [0].name'],
    ['a list that is none', { ...small, regions: {} }, 'regions.json 的 []'],
    [
      'a category that neither pays nor receives',
      { ...small, province: { ...small.province, categories: [{ code: 'tea', name: '茶叶', direction: 'PAYS' }] } },
      'province.json 的 categories[0].direction',
    ],
    ['a code twice', { ...small, systems: [...small.systems, ...small.systems] }, 'systems.json 的 b'],
    ['an unknown parent', { ...small, regions: [{ code: '1', name: '一', parent: '2' }], systems: [] }, 'regions.json 的 1.parent'],
    ['an unknown home', { ...small, systems: [{ ...small.systems[0], region: '1' }] }, 'systems.json 的 b.region'],
    ['a code in capitals', { ...small, systems: [{ ...small.systems[0], code: 'B' }] }, 'systems.json 的 B.code'],
    [
      'a platform without code',
      { ...small, systems: [{ ...small.systems[0], platformCodes: [{}] }] },
      'systems.json 的 [0].platformCodes[0].platform',
    ],
  ])('refuses %s and says where', (_, given, place) => {
    const error = faultOf(() => readProvince(given));
    expect(error?.code).toBe('CONFIG_INVALID');
    expect(error?.message).toContain(place);
  });
});

test('all faults are told at once, each with its file, entry and kind', () => {
  const [system] = small.systems;
  const given = {
    province: { ...small.province, timeZone: 8 },
    regions: [...small.regions, { code: '990100', name: '', parent: '1' }],
    systems: [{ ...system, name: '', contracts: 'board' }, { ...system, region: '1' }, 7],
  };
  const error = faultOf(() => readProvince(given));
  expect(error?.message.replace(/^省份数据有 \d+ 处须改正：/, '').split('；')).toEqual([
    'regions.json 的 [5].name 缺失或类型不符',
    'systems.json 的 [2] 缺失或类型不符',
    'systems.json 的 [0].name 缺失或类型不符',
    'systems.json 的 [0].contracts 缺失或类型不符',
    'province.json 的 [0].timeZone 缺失或类型不符',
    'regions.json 的 990100 代码重复',
    'systems.json 的 b 代码重复',
    'regions.json 的 990100.parent 所指的地区不在 regions.json',
    'systems.json 的 b.region 所指的地区不在 regions.json。',
  ]);
  expect(error?.messageEn).toContain('b.region of systems.json is a region that regions.json does not have.');
});

describe('regions are a tree by parent, never by digits', () => {
  const province = readProvince(small);

  test('the path leads from a region to the province', () => {
    expect(regionPath(province, '990102').map(({ name }) => name)).toEqual(['丙区', '乙市', '甲省']);
    expect(regionPath(province, '123456')).toEqual([]);
  });

  test('the city of a region is the ancestor below the province', () => {
    expect(['990121', '990100', '990000', '1'].map((code) => cityOf(province, code)?.name)).toEqual(['乙市', '乙市', undefined, undefined]);
  });

  test('retired and pseudo codes are known but are nowhere to go', () => {
    expect(citiesOf(province).map(({ code }) => code)).toEqual(['990100']);
    expect(regionsIn(province, '990100').map(({ code }) => code)).toEqual(['990102']);
  });
});

describe.each(['schema/province', 'tests/fixtures/toy-province'])('%s', (folder) => {
  const province = readProvince(documents(folder));

  test('platform codes verify, carry the mark of a demonstration, and no two systems share a pair', () => {
    const codes = [province.servicePlatform, ...province.systems.flatMap(({ platformCodes }) => platformCodes)];
    for (const { platform, tradePlat } of codes) {
      expect([platform, creditCodeCheck(platform), orgCodeCheck(platform.slice(8))]).toEqual([
        platform,
        platform.charAt(17),
        platform.charAt(16),
      ]);
      expect(platform.slice(8, 11)).toBe('DEM');
      expect(tradePlat).toMatch(/^DEMO\d{7}$/);
    }
    expect(new Set(codes.map(({ platform, tradePlat }) => `${platform}/${tradePlat}`)).size).toBe(codes.length);
  });

  test('every region leads to the province', () => {
    expect(province.regions.map(({ code }) => regionPath(province, code).at(-1)?.code)).toEqual(province.regions.map(() => province.code));
  });

  test('some systems are the province’s own, the first of them for works', () => {
    const own = province.systems.filter(({ region }) => region === province.code);
    expect(own[0]?.contracts).toContain('construction');
  });

  test('every contract with records is served, a shared register by one system', () => {
    const served = new Map(
      lawContracts.map(({ name }) => [name, province.systems.filter(({ contracts }) => contracts.includes(name)).length]),
    );
    expect(lawContracts.filter(({ name, partitioned }) => !partitioned && (served.get(name) ?? 0) > 1)).toEqual([]);
    expect(folder === 'schema/province' ? [...served].filter(([, systems]) => systems === 0) : []).toEqual([]);
  });
});

test('the province has 21 cities, 122 counties and districts, and a system for each city and one district', () => {
  const province = readProvince(documents('schema/province'));
  const cities = citiesOf(province);
  expect(cities).toHaveLength(21);
  expect(cities.flatMap(({ code }) => regionsIn(province, code))).toHaveLength(122);
  expect(province.systems.filter(({ region }) => region !== province.code)).toHaveLength(22);
  expect(cities.every(({ code }) => province.systems.some(({ region }) => region === code))).toBe(true);
});

function faultOf(act: () => unknown): HubError | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof HubError) return error;
    throw error;
  }
  return undefined;
}
