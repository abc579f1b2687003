/**
 * Another province costs a folder: the toy province runs from its own, and nothing it ever says names a place of the province
 * that the repository carries. @see design/architecture.md «Layout»
 */
import { fillSystem, openProvinceFolder, readFirstData } from '@hub/kit';
import { readConfig } from '@hub/kit/process';
import { law, plural } from '@hub/schema';
import { getIntrospectionQuery } from 'graphql';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Federation, startFederation } from '../support/federation.ts';
import { at, listAt, textAt } from '../support/parse-json.ts';
import { generatedMs } from '../support/sizes.ts';
import { toyFolder, toyProvince } from '../support/toy-province.ts';

let federation: Federation;
beforeAll(async () => {
  federation = await startFederation({ province: await toyProvince() });
  const data = await readFirstData(
    await openProvinceFolder(toyFolder),
    law().contracts.flatMap(({ contract }) => contract.datasets),
  );
  for (const system of federation.systems) {
    await fillSystem(system, { data: async () => data, scale: 1, today: '2026-11-22', receivedAt: '2026-11-22T00:00:00.000000Z' });
  }
});
afterAll(() => federation[Symbol.asyncDispose]());

/** Names of the province that the repository carries: places of at least three characters, systems, codes of systems. */
async function carriedNames(): Promise<readonly string[]> {
  const { province } = await openProvinceFolder(readConfig({}).provinceDir);
  const toy = await toyProvince();
  const ours = [province, ...province.regions, ...province.systems].flatMap(({ name, nameEn }) => [name, nameEn ?? '']);
  const known = new Set([toy, ...toy.regions, ...toy.systems].flatMap(({ name, nameEn }) => [name, nameEn ?? '']));
  const codes = province.systems.map(({ code }) => `"${code}"`);
  return [...ours.filter((name) => name.length >= 3 && !known.has(name)), ...codes];
}

describe('Another province', () => {
  test('runs from its folder: its systems answer for its places', async () => {
    const { data, errors } = await federation.ask({
      query:
        '{ systems { code name region { name } } notices(first: 1) { totalCount coverage { complete } } dealStatistics(by: [REGION]) { groups { key { code label } deals } } }',
    });
    expect(errors).toEqual([]);
    expect(at(data, 'systems')).toEqual([
      { code: 'toy-construction', name: '玩具省工程建设交易系统', region: { name: '玩具省' } },
      { code: 'xingcheng', name: '星城市交易中心', region: { name: '星城市' } },
      { code: 'yuecheng', name: '月城市交易中心', region: { name: '月城市' } },
    ]);
    expect(at(data, 'notices', 'coverage', 'complete')).toBe(true);
    expect(Number(at(data, 'notices', 'totalCount'))).toBeGreaterThan(0);
    const regions = new Set(federation.province.regions.map(({ code }) => code));
    const groups = listAt(data, 'dealStatistics', 'groups').map((group) => textAt(group, 'key', 0, 'code'));
    expect(groups.length).toBeGreaterThan(0);
    expect(groups.filter((code) => !regions.has(code))).toEqual([]);
  });

  test('says no name of the province that the repository carries, whatever it is asked', { timeout: generatedMs }, async () => {
    const names = await carriedNames();
    expect(names.length).toBeGreaterThan(100);
    const lists = law().contracts.flatMap(({ contract }) => contract.datasets);
    const queries = [
      getIntrospectionQuery(),
      '{ systems { code name nameEn owner region { code name } contracts } }',
      '{ dealStatistics(by: [REGION, TRADING_PLACE, SYSTEM, MONTH]) { groups { key { code label } deals } coverage { answered { name } } } }',
      '{ deals(first: 100) { nodes { title principals { name } winners { name } region { name } tradingPlace { name } system { name } source { name url } } } }',
      '{ notices(first: 100) { nodes { title html text region { name } tradingPlace { name } system { name } source { name url } } } }',
      '{ tenderProjects(first: 100) { nodes { name content ownerName region { name } tenderers { name } agency { name } supervisor { name } sections { name region { name } tradingPlace { name } content } } } }',
      '{ notices(filter: { systems: ["nowhere"] }) { totalCount } }',
      ...lists.map(({ type }) => `{ ${plural(type)}(first: 100) { nodes { id system { name } source { name } warnings { message } } } }`),
    ];
    for (const query of queries) {
      const { text } = await federation.ask({ query });
      expect({ query, names: names.filter((name) => text.includes(name)) }).toEqual({ query, names: [] });
    }
    const { body } = await request(federation.gateway.url, { headers: { accept: 'text/html' } });
    const page = await body.text();
    expect(names.filter((name) => page.includes(name))).toEqual([]);
  });
});
