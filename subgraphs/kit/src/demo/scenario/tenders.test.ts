/**
 * The largest scenario of the real province, tenders of works, holds together: what a story says early fits what it says late.
 */
import { type WireRecord, compareDecimals, wireItems } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { readScenarios } from '../../first-data/read-first-data.ts';
import { openProvinceFolder } from '../../province-folder.ts';
import { provinceCodes } from '../../system-codes.ts';
import { documentOf, lawDatasets, provinceFolder } from '../../testing/province-folders.ts';
import { readNames } from '../names.ts';
import { settingOf } from '../setting.ts';
import { scenarioRecords } from './scenario-records.ts';
import type { DemoRecord } from './tell-story.ts';

const folder = await openProvinceFolder(provinceFolder);
const { province } = folder;
const names = readNames(await documentOf(folder, 'names.json'));
const scenarios = (await readScenarios(folder, names, lawDatasets())).filter(({ contract }) => contract === 'construction');
const today = '2026-11-22';
const told = province.systems.flatMap(({ code: system }) =>
  [
    ...scenarioRecords(settingOf(province, names, { system, seed: 'hub', today }), { scenarios, codes: provinceCodes(province), scale: 1 }),
  ].map((record) => ({ system, record: { ...record, fields: upperCodes(record.fields) } })),
);
const records = told.map(({ record }) => record);
const of = (dataset: string): readonly DemoRecord[] => records.filter((record) => record.dataset === dataset);
const lotOf = ({ fields }: WireRecord): string => fields['BID_SECTION_CODE'] ?? '';
const price = ({ fields }: WireRecord, code: string): string => fields[code] ?? '';

describe('a project’s life is coherent', () => {
  test('about 26,600 records, about a thousand a system', () => {
    const counts = [...Map.groupBy(told, ({ system }) => system).values()].map(({ length }) => length);
    expect([counts.length, Math.round(records.length / 1000)]).toEqual([23, 27]);
    expect([Math.min(...counts) > 800, Math.max(...counts) < 2500]).toEqual([true, true]);
  });

  test('parents come before their children, in every system', () => {
    const orphans: string[] = [];
    for (const [, own] of Map.groupBy(told, ({ system }) => system)) {
      const seen = new Set<string>();
      for (const { record } of own) {
        const named = namedBy(record);
        for (const code of named) seen.add(code);
        orphans.push(...referencesOf(record).filter((code) => !seen.has(code)));
      }
    }
    expect(orphans).toEqual([]);
  });

  test('every lot has a deal code of its own', () => {
    const codes = new Map(of('SECTION').map(({ fields }) => [fields['BID_SECTION_CODE'], fields['UNIFIED_DEAL_CODE']]));
    expect(codes.size).toBeGreaterThan(800);
    expect(new Set(codes.values()).size).toBe(codes.size);
  });

  test('an award goes to a bidder of the lot who was a candidate, at the price bid, below the estimate', () => {
    const bids = new Map(of('TENDER_LIST').map((bid) => [`${lotOf(bid)} ${bid.fields['BIDDER_NAME']}`, price(bid, 'BID_PRICE')]));
    const candidates = new Set(of('TENDER_CANDIDATE').map((record) => `${lotOf(record)} ${record.fields['WIN_CANDIDATE_NAME']}`));
    const estimates = new Map(of('SECTION').map((lot) => [lotOf(lot), price(lot, 'CONTRACT_RECKON_PRICE')]));
    const awards = of('WIN_RESULT_ANNO').map((award) => ({
      pair: `${lotOf(award)} ${award.fields['WIN_BIDDER_NAME']}`,
      amount: price(award, 'BID_AMOUNT'),
      estimate: estimates.get(lotOf(award)) ?? '0',
    }));
    expect(awards.length).toBeGreaterThan(500);
    expect(awards.filter(({ pair, amount }) => bids.get(pair) !== amount || !candidates.has(pair))).toEqual([]);
    expect(awards.filter(({ amount, estimate }) => amount !== '' && compareDecimals(amount, estimate) >= 0)).toEqual([]);
    expect(awards.filter(({ amount }) => amount === '').length).toBeGreaterThan(20);
  });

  test('candidates of a lot are different bidders, ranked by their scores', () => {
    const lots = Map.groupBy(new Map(of('TENDER_CANDIDATE').map((record) => [JSON.stringify(record.fields), record])).values(), lotOf);
    const ranks = [...lots.values()].map((list) => list.map(({ fields }) => fields['WIN_CANDIDATE_ORDER']));
    expect(ranks.filter((list) => list.some((rank, index) => index > 0 && Number(list[index - 1]) >= Number(rank)))).toEqual([]);
    const scores = [...lots.values()].map((list) =>
      list.map(({ fields }) => Number(fields['EVALUATION_RESULT']?.replace('综合得分 ', ''))),
    );
    expect(scores.filter((list) => list.some((score, index) => index > 0 && (list[index - 1] ?? 0) < score))).toEqual([]);
    expect(Math.max(...ranks.map(({ length }) => length))).toBe(3);
  });

  test('a consortium names two members, never one company twice', () => {
    const unions = of('TENDER_LIST').flatMap(({ fields }) =>
      fields['UNION_ORGAN_SET_CODE'] === undefined ? [] : [wireItems(fields['UNION_ORGAN_SET_CODE'])],
    );
    expect(unions.length).toBeGreaterThan(100);
    expect(unions.filter((codes) => new Set(codes).size !== 2)).toEqual([]);
  });

  test('a lot ends once: awarded or abnormally; what was called off goes no further', () => {
    const own = told.filter(({ system }) => system === province.systems[0]?.code).map(({ record }) => record);
    const lots = (dataset: string): readonly string[] => own.filter((record) => record.dataset === dataset).map(lotOf);
    const ends = [...lots('WIN_RESULT_ANNO'), ...lots('TENDER_ABNORMITY_REPORT')];
    expect(new Set(ends).size).toBe(ends.length);
    const kinds = new Map(of('TENDER_ABNORMITY_REPORT').map((record) => [lotOf(record), record.fields['EXCEPITON_TYPE']]));
    expect(new Set(kinds.values())).toEqual(new Set(['1', '2', '3']));
    const off = [...kinds].filter(([, kind]) => kind !== '1').map(([lot]) => lot);
    expect([...of('TENDER_LIST'), ...of('BID_OPENING_RECORD')].filter((record) => off.some((lot) => opened(record).includes(lot)))).toEqual(
      [],
    );
  });

  test('postponements, corrections and prequalifications are told as notices of their own', () => {
    const kinds = of('TENDER_ANN_QUA_INQUERY_ANN').map(({ fields }) =>
      [fields['BULLETIN_TYPE'], fields['NOTICE_NATURE'], fields['IS_POSTPONE'] ?? '-'].join(' '),
    );
    expect([...new Set(kinds)].toSorted()).toEqual(['1 1 -', '1 2 0', '1 2 1', '2 1 -']);
  });

  test('no bid comes after the opening of its lot', () => {
    const opensAt = new Map(
      of('BID_OPENING_RECORD').flatMap(({ fields }) =>
        wireItems(fields['BID_SECTION_CODES']).map((lot) => [lot, fields['BID_OPENING_TIME'] ?? '9']),
      ),
    );
    expect(of('TENDER_LIST').filter((bid) => price(bid, 'CHECKIN_TIME') >= (opensAt.get(lotOf(bid)) ?? '9'))).toEqual([]);
  });
});

describe('something is always sealed', () => {
  test('every system has bids for an opening to come, and a lot under evaluation', () => {
    const midnight = '20261122000000';
    const without = [...Map.groupBy(told, ({ system }) => system)].flatMap(([system, all]) => {
      const own = all.map(({ record }) => record);
      const documents = own.filter(({ dataset }) => dataset === 'TENDER_FILE_CLARI_MODI');
      const open = new Set(documents.filter(({ fields }) => (fields['BID_OPEN_TIME'] ?? '') > midnight).flatMap(opened));
      const decided = new Set(own.filter(({ dataset }) => dataset === 'WIN_RESULT_ANNO').map(lotOf));
      const sealed = own.some((record) => record.dataset === 'TENDER_LIST' && open.has(lotOf(record)));
      const evaluated = own.some((record) => record.dataset === 'BID_EVALUATION_EXPERT' && !decided.has(lotOf(record)));
      return sealed && evaluated ? [] : [{ system, sealed, evaluated }];
    });
    expect(without).toEqual([]);
  });
});

test('companies win in many cities; titles vary, some with characters outside the BMP', () => {
  const winners = Map.groupBy(
    told.filter(({ record }) => record.dataset === 'WIN_RESULT_ANNO'),
    ({ record }) => record.fields['WIN_BIDDER_CODE'],
  );
  expect([...winners.values()].filter((list) => new Set(list.map(({ system }) => system)).size >= 3).length).toBeGreaterThan(30);
  const titles = of('PROJECT').map(({ fields }) => fields['PROJECT_NAME'] ?? '');
  expect(new Set(titles).size).toBeGreaterThan(titles.length * 0.85);
  expect(titles.some((title) => /[\u{20000}-\u{3ffff}]/u.test(title))).toBe(true);
});

function opened({ fields }: WireRecord): readonly string[] {
  return [...wireItems(fields['BID_SECTION_CODES']), ...wireItems(fields['BID_SECTION_CODE'])];
}

/** Codes a record brings into the world. */
function namedBy({ dataset, fields }: WireRecord): readonly string[] {
  const own = { PROJECT: 'PROJECT_CODE', TENDER_PROJECT: 'TENDER_PROJECT_CODE', SECTION: 'BID_SECTION_CODE' };
  return Object.entries(own).flatMap(([code, field]) => (code === dataset ? [fields[field] ?? ''] : []));
}

function referencesOf(record: WireRecord): readonly string[] {
  const { fields } = record;
  return [...['PROJECT_CODE', 'TENDER_PROJECT_CODE'].flatMap((code) => wireItems(fields[code])), ...opened(record)];
}

/** Codes are equal whatever their case, and dirt writes some in lower case. */
function upperCodes(fields: WireRecord['fields']): WireRecord['fields'] {
  return Object.fromEntries(Object.entries(fields).map(([code, value]) => [code, /^[a-z]\d{6}/.test(value) ? value.toUpperCase() : value]));
}
