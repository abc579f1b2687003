import { cityOf, type WireRecord, wireItems } from '@hub/schema';
import { beforeAll, describe, expect, test } from 'vitest';

import { openProvinceFolder } from '../province-folder.ts';
import { documentOf, provinceFolder, toyFolder } from '../testing/province-folders.ts';
import { demonstrationProjects, demonstrationRecords, tellsTenders } from './demonstration.ts';
import { datasetNumbers } from './draft.ts';
import { type Names, readNames } from './names.ts';
import { copiedShare, planProject } from './plan-project.ts';
import { awayShare, settingOf } from './setting.ts';
import type { DemoRecord } from './tell-project.ts';
import { stamp } from './wall-clock.ts';

const today = '2026-11-22';
const real = await openProvinceFolder(provinceFolder);
const realNames = readNames(await documentOf(real, 'names.json'));
const toy = await openProvinceFolder(toyFolder);
const toyNames: Names = readNames(await documentOf(toy, 'names.json'));
const options = { seed: 'test', scale: 1, today };

const told = (system: string, over: Partial<typeof options> = {}): readonly DemoRecord[] => [
  ...demonstrationRecords(toy.province, toyNames, { ...options, ...over, system }),
];
const [city = '', second = '', provincial = ''] = toy.province.systems.map(({ code }) => code);

describe('every byte is decided by seed, scale and day', () => {
  test('twice the same', () => {
    expect(JSON.stringify(told(city))).toBe(JSON.stringify(told(city)));
  });

  test('another seed tells other projects', () => {
    expect(told(city, { seed: 'other' })[0]?.fields).not.toEqual(told(city)[0]?.fields);
  });

  test('scale adds projects and changes none', () => {
    const larger = new Set(told(city, { scale: 2 }).map((record) => JSON.stringify(record)));
    expect(told(city).every((record) => larger.has(JSON.stringify(record)))).toBe(true);
    expect(demonstrationProjects(city, { seed: 'test', scale: 2 })).toBe(2 * demonstrationProjects(city, { seed: 'test', scale: 1 }));
  });

  test('a wrong system, day or scale is a fault', () => {
    expect(() => told('nowhere')).toThrow(RangeError);
    expect(() => told(city, { today: '2026-02-30' })).toThrow(RangeError);
    expect(() => told(city, { scale: 0 })).toThrow(RangeError);
  });
});

describe('a project’s life is coherent', () => {
  const records = told(city, { scale: 3 });

  test('all 24 datasets of the standard occur', () => {
    expect([...new Set(records.map(({ dataset }) => dataset))].toSorted()).toEqual(Object.keys(datasetNumbers).toSorted());
  });

  test('parents come before their children', () => {
    const seen = new Set<string>();
    const orphans: WireRecord[] = [];
    for (const record of records) {
      if (!parentsOf(record).every((code) => seen.has(code))) orphans.push(record);
      for (const code of namedBy(record)) seen.add(code);
    }
    expect(orphans).toEqual([]);
  });

  test('keys are given once', () => {
    const keys = records.flatMap(({ dataset, dataKey }) => (dataKey === undefined ? [] : [`${dataset} ${dataKey}`]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('what is sent has happened before today', () => {
    const late = records.filter(({ fields }) => (fields['DATA_TIMESTAMP'] ?? '') >= '20261122001500');
    expect(late).toEqual([]);
  });

  test('an award goes to a bidder who was a candidate', () => {
    const pairs = (dataset: string, party: string): string[] =>
      records.filter((record) => record.dataset === dataset).map(({ fields }) => `${lotOf(fields)} ${fields[party] ?? ''}`);
    const [bids, candidates] = [new Set(pairs('TENDER_LIST', 'BIDDER_NAME')), new Set(pairs('TENDER_CANDIDATE', 'WIN_CANDIDATE_NAME'))];
    const awards = pairs('WIN_RESULT_ANNO', 'WIN_BIDDER_NAME');
    expect(awards.length).toBeGreaterThan(50);
    expect(awards.filter((pair) => !bids.has(pair) || !candidates.has(pair))).toEqual([]);
  });

  test('a lot ends once: awarded or abnormally', () => {
    const lots = (dataset: string): string[] => records.filter((record) => record.dataset === dataset).map(({ fields }) => lotOf(fields));
    const ends = [...lots('WIN_RESULT_ANNO'), ...lots('TENDER_ABNORMITY_REPORT')];
    expect(lots('TENDER_ABNORMITY_REPORT').length).toBeGreaterThan(0);
    expect(new Set(ends).size).toBe(ends.length);
  });

  test('postponements, corrections and prequalifications are told as notices of their own', () => {
    const notices = records.filter(({ dataset }) => dataset === 'TENDER_ANN_QUA_INQUERY_ANN').map(({ fields }) => fields);
    const kinds = new Set(notices.map((fields) => `${fields['BULLETIN_TYPE']} ${fields['NOTICE_NATURE']} ${fields['IS_POSTPONE'] ?? '-'}`));
    expect([...kinds].toSorted()).toEqual(['1 1 -', '1 2 0', '1 2 1', '2 1 -']);
  });
});

describe('something is always sealed', () => {
  test.each([city, second, provincial])('%s has bids for an opening to come, and a lot under evaluation', (system) => {
    const records = told(system);
    const midnight = stamp(settingOf(toy.province, toyNames, { system, seed: 'test', today }).today);
    const opensAt = new Map<string, string>();
    for (const { fields } of records.filter(({ dataset }) => dataset === 'TENDER_FILE_CLARI_MODI')) {
      for (const lot of wireItems(fields['BID_SECTION_CODE'])) opensAt.set(lot, fields['BID_OPEN_TIME'] ?? '');
    }
    const bids = records.filter(({ dataset }) => dataset === 'TENDER_LIST');
    expect(bids.some(({ fields }) => (opensAt.get(fields['BID_SECTION_CODE'] ?? '') ?? '') > midnight)).toBe(true);
    const decided = new Set(
      records.filter(({ dataset }) => dataset === 'WIN_RESULT_ANNO').map(({ fields }) => fields['TENDER_PROJECT_CODE']),
    );
    const experts = records.filter(({ dataset }) => dataset === 'BID_EVALUATION_EXPERT');
    expect(experts.some(({ fields }) => !decided.has(fields['TENDER_PROJECT_CODE']))).toBe(true);
  });
});

describe('the provincial system holds copies', () => {
  test('what a city sent is there word for word, under the city’s platform', () => {
    const cities = [...told(city, { scale: 4 }), ...told(second, { scale: 4 })];
    const own = toy.province.systems.find(({ code }) => code === provincial)?.platformCodes.map(({ platform }) => platform) ?? [];
    const copies = told(provincial, { scale: 4 }).filter(({ fields }) => !own.includes(fields['PLATFORM_CODE'] ?? own[0] ?? ''));
    const sent = new Set(cities.map((record) => JSON.stringify(record)));
    expect(copies.length).toBeGreaterThan(50);
    expect(copies.filter((record) => !sent.has(JSON.stringify(record)))).toEqual([]);
  });
});

describe('the real province', () => {
  const counts = new Map<string, number>();
  const awards = new Map<string | undefined, Set<string>>();
  const companies = new Map<string, string>();
  const titles: string[] = [];

  beforeAll(() => {
    for (const { code } of real.province.systems.filter(tellsTenders)) {
      for (const { dataset, fields } of demonstrationRecords(real.province, realNames, { ...options, system: code })) {
        counts.set(code, (counts.get(code) ?? 0) + 1);
        if (dataset === 'PROJECT') titles.push(fields['PROJECT_NAME'] ?? '');
        if (dataset === 'TENDER_LIST') companies.set(fields['BIDDER_NAME'] ?? '', fields['BIDDER_ORG_CODE'] ?? '');
        if (dataset !== 'WIN_RESULT_ANNO') continue;
        const winner = fields['WIN_BIDDER_CODE'];
        awards.set(winner, (awards.get(winner) ?? new Set()).add(code));
      }
    }
  });

  test('about a thousand records a system, about 25,000 in all', () => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    expect(counts.size).toBe(23);
    expect([total > 22_000 && total < 28_000, Math.min(...counts.values()) > 600, Math.max(...counts.values()) < 2500]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('companies win in many cities, and all of them are plainly invented', () => {
    expect([...awards.values()].filter((systems) => systems.size >= 3).length).toBeGreaterThan(30);
    expect(companies.size).toBeGreaterThan(180);
    expect([...companies.keys()].filter((name) => !name.includes(realNames.example))).toEqual([]);
  });

  test('titles vary; some have characters outside the BMP and some full-width brackets', () => {
    expect(new Set(titles).size).toBeGreaterThan(titles.length * 0.88);
    expect(titles.some((title) => /[\u{20000}-\u{3ffff}]/u.test(title))).toBe(true);
    expect(titles.some((title) => title.includes('（'))).toBe(true);
  });

  test('five in a hundred projects lie away from home, five in a hundred are also sent to the province', () => {
    let [projects, away, copied] = [0, 0, 0];
    for (const { code, region } of real.province.systems.filter((row) => row.region !== real.province.code)) {
      const setting = settingOf(real.province, realNames, { system: code, seed: 'test', today });
      for (let index = 0; index < 60; index++) {
        const project = planProject(setting, index);
        projects += 1;
        if (project.city.code !== cityOf(real.province, region)?.code) away += 1;
        if (project.copied) copied += 1;
      }
    }
    expect(Math.abs(away / projects - awayShare)).toBeLessThan(0.02);
    expect(Math.abs(copied / projects - copiedShare)).toBeLessThan(0.02);
  });
});

function lotOf(fields: Readonly<Record<string, string>>): string {
  return (fields['BID_SECTION_CODE'] ?? '').toUpperCase();
}

/** Codes a record brings into the world. */
function namedBy({ dataset, fields }: WireRecord): readonly string[] {
  const own = { PROJECT: 'PROJECT_CODE', TENDER_PROJECT: 'TENDER_PROJECT_CODE', SECTION: 'BID_SECTION_CODE' };
  return Object.entries(own).flatMap(([code, field]) => (code === dataset ? [(fields[field] ?? '').toUpperCase()] : []));
}

/** Codes of the records it points back to. */
function parentsOf({ dataset, fields }: WireRecord): readonly string[] {
  const all = ['PROJECT_CODE', 'TENDER_PROJECT_CODE', 'BID_SECTION_CODE', 'BID_SECTION_CODES'].flatMap((code) => wireItems(fields[code]));
  const named = namedBy({ dataset, fields, dataKey: undefined, op: 'put' });
  return all.map((code) => code.toUpperCase()).filter((code) => !named.includes(code));
}
