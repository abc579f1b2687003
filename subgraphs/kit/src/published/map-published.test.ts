import { law, validateRecord } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { openProvinceFolder, type ProvinceFolder } from '../province-folder.ts';
import { provinceCodes } from '../system-codes.ts';
import { documentOf, lawDatasets, provinceFolder, toyFolder } from '../testing/province-folders.ts';
import { type MappedRecord, mapPublished } from './map-published.ts';
import { readPublishedMapping } from './mapping.ts';
import { type PublishedRecord, readPublishedRecord } from './published-record.ts';

const datasets = lawDatasets();

/** Records whose titles or texts are longer than the fields of their datasets. */
const givesWay = [248, 461, 578, 916];

async function mapAll(folder: ProvinceFolder): Promise<readonly { record: PublishedRecord; mapped: MappedRecord | undefined }[]> {
  const mapping = readPublishedMapping(await documentOf(folder, 'mapping/published.json'));
  const lines = ((await folder.text('records/published.jsonl')) ?? '').trim().split('\n');
  return lines.map(readPublishedRecord).map((record) => ({
    record,
    mapped: mapPublished(record, { province: folder.province, mapping, datasets, codes: provinceCodes(folder.province) }),
  }));
}

const toy = await mapAll(await openProvinceFolder(toyFolder));

describe('a published record becomes wire records by data alone', () => {
  test('a dataset that is a notice by itself is not sent to the board twice', () => {
    expect(toy[0]?.mapped).toEqual({
      system: 'xingcheng',
      source: { kind: 'PUBLISHED', name: '星城布告栏', url: 'https://board.example/1' },
      records: [
        {
          dataset: 'TENDER_ANN_QUA_INQUERY_ANN',
          dataKey: 'board:b1',
          op: 'put',
          fields: { NOTICE_NAME: '晨星区晨星街招标公告', NOTICE_SEND_TIME: '20261001000000', URL: 'https://board.example/1' },
        },
      ],
    });
  });

  test('an award is a notice and a deal; several winners are a list; the key is found in the address', () => {
    expect(toy[1]?.mapped).toEqual({
      system: 'yuecheng',
      source: { kind: 'PUBLISHED', name: '星城布告栏', url: 'https://board.example/2' },
      records: [
        {
          dataset: 'BOARD_NOTICE',
          dataKey: 'board:2',
          op: 'put',
          fields: {
            TITLE: '月城空地',
            CATEGORY: 'other',
            STAGE: 'AWARD',
            REGION_CODE: '990200',
            PUBLISHED_AT: '20261002000000',
            URL: 'https://board.example/2',
            LOT_CODES: 'L-2',
          },
        },
        {
          dataset: 'BOARD_DEAL',
          dataKey: 'board:2',
          op: 'put',
          fields: {
            LOT_CODE: 'L-2',
            TITLE: '月城空地',
            CATEGORY: 'other',
            DIRECTION: 'PUBLIC_RECEIVES',
            STATE: 'AWARDED',
            REGION_CODE: '990200',
            WINNER_NAME: '甲公司;乙公司',
            PRICE: '12.5',
            PRICE_UNIT: '1',
            PRICE_CURRENCY: '156',
            PRICE_FORM_CODE: '1',
            DECIDED_AT: '20261002000000',
          },
        },
      ],
    });
  });

  test('what is only a budget is no price, and an award without winner or price is no deal', () => {
    expect(toy[2]?.mapped?.records.map(({ dataset }) => dataset)).toEqual(['BOARD_NOTICE']);
  });

  test('a region without a system of its own goes up the tree; an unknown portal gets a running number; a date that is none stays absent', () => {
    expect(toy[3]?.mapped).toEqual({
      system: 'yuecheng',
      source: { kind: 'PUBLISHED', name: '别的布告栏', url: undefined },
      records: [
        {
          dataset: 'BOARD_NOTICE',
          dataKey: 'list:no-4',
          op: 'put',
          fields: { TITLE: '没有编号的布告', CATEGORY: 'other', STAGE: 'TENDER', REGION_CODE: '990201' },
        },
      ],
    });
  });

  test('exceptions name a system for a region', () => {
    expect(toy[2]?.mapped?.system).toBe('toy-construction');
  });

  test('another province’s record is nobody’s', () => {
    expect(toy[4]?.mapped).toBeUndefined();
  });
});

describe('records and mappings that are none are refused with the place', () => {
  test.each([
    ['not JSON', '{'],
    ['no region', '{"no":1,"portal":"p","category":"c","stage":"s","title":"t","source":"s","dataset":"d"}'],
  ])('%s', (_, line) => {
    expect(() => readPublishedRecord(line)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });

  test('a pattern that is no regular expression', () => {
    const broken = { portals: [], times: [{ match: '(', as: '' }], tables: {}, systems: [], records: [], separators: [] };
    expect(() => readPublishedMapping(broken)).toThrow(/times\.0\.match/);
  });
});

describe('the real records', async () => {
  const folder = await openProvinceFolder(provinceFolder);
  const all = await mapAll(folder);
  const expected = await documentOf(folder, 'mapping/expected.json');
  const mapped = all.flatMap(({ record, mapped: result }) => (result === undefined ? [] : [{ record, ...result }]));
  const sent = mapped.flatMap(({ record, system, records }) => records.map((wire) => ({ record, system, wire })));
  const counted = (names: readonly string[]): Record<string, number> =>
    Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, list]) => [name, list.length]));

  test('all of them find a system and become the datasets expected', () => {
    expect({
      records: mapped.length,
      systems: counted(mapped.map(({ system }) => system)),
      datasets: counted(sent.map(({ record, wire }) => `${record.category} ${wire.dataset}`)),
      withoutId: mapped.filter(({ records }) => records[0]?.dataKey?.includes(':no-')).length,
    }).toEqual(expect.objectContaining(withoutAbout(expected)));
    expect(all).toHaveLength(mapped.length);
  });

  test('each appears on the board exactly once', () => {
    const onBoard = mapped.map(
      ({ records }) => records.filter(({ dataset }) => dataset === 'BOARD_NOTICE' || datasets.get(dataset)?.notice !== undefined).length,
    );
    expect(new Set(onBoard)).toEqual(new Set([1]));
  });

  test('keys are unique, though portals’ ids are not', () => {
    const keys = sent.map(({ system, wire }) => `${system} ${wire.dataset} ${wire.dataKey ?? ''}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('the law refuses none', () => {
    const codes = provinceCodes(folder.province);
    const refused = sent.filter(({ wire }) => {
      const dataset = datasets.get(wire.dataset);
      return dataset === undefined || validateRecord(dataset, wire, { codes, sourceKind: 'PUBLISHED' }).refusals.length > 0;
    });
    expect(refused).toEqual([]);
  });

  test('each goes to a system that serves its contract', () => {
    const contractOf = new Map(law().contracts.flatMap(({ contract }) => contract.datasets.map(({ code }) => [code, contract.name])));
    const rows = new Map(folder.province.systems.map((row) => [row.code, row]));
    const astray = sent.filter(({ system, wire }) => !rows.get(system)?.contracts.includes(contractOf.get(wire.dataset) ?? ''));
    expect(astray).toEqual([]);
  });

  test('what would be refused as its own dataset is on the board all the same', async () => {
    const instead = mapped.filter(
      ({ record, records }) => givesWay.includes(record.no) && records.some(({ dataset }) => dataset === 'BOARD_NOTICE'),
    );
    expect(instead.map(({ record }) => record.no)).toEqual(givesWay);
  });

  test('every field is a fact of the record: nothing is made up but codes the mapping fixes', () => {
    const prices = sent.filter(({ wire }) => wire.fields['PRICE'] !== undefined);
    const invented = prices.filter(
      ({ record, wire }) =>
        ![record.national['WIN_BID_PRICE'], record.national['DEAL_PRICE']].map(String).includes(wire.fields['PRICE'] ?? ''),
    );
    expect(prices.length).toBeGreaterThan(100);
    expect(invented).toEqual([]);
  });
});

function withoutAbout(document: unknown): Record<string, unknown> {
  const entries = typeof document === 'object' && document !== null ? Object.entries(document) : [];
  return Object.fromEntries(entries.filter(([name]) => name !== 'about'));
}
