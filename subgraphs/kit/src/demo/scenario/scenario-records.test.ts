import { type Dataset, type Province, HubError, readContract } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { openProvinceFolder } from '../../province-folder.ts';
import { provinceCodes } from '../../system-codes.ts';
import { documentOf, toyFolder } from '../../testing/province-folders.ts';
import { readNames } from '../names.ts';
import { settingOf } from '../setting.ts';
import { drawAll } from './draw.ts';
import { readScenario } from './read-scenario.ts';
import { scenarioRecords } from './scenario-records.ts';
import { stageOf, stageScope } from './stage.ts';
import type { DemoRecord } from './tell-story.ts';
import { isParts, lookUp, type Value } from './value.ts';

const contract = readContract(`
extend schema @contract(name: "toys", version: "1.0.0", edition: "none", title: "玩具", category: "toys", direction: PUBLIC_PAYS)
type Sale @dataset(code: "SALE", no: 7, key: [], why: "A toy.") {
  title: String @wire(code: "TITLE", type: "C..100", required: true) @visibility(to: PUBLIC) @indexed
  price: Decimal @wire(code: "PRICE", type: "N..9,2", required: true) @visibility(to: PUBLIC)
  day: Date @wire(code: "DAY", type: "yyyyMMdd", required: true) @visibility(to: PUBLIC)
  "备注"
  note: String @wire(code: "NOTE", type: "C..20", required: true) @visibility(to: PUBLIC)
  stamped: String @wire(code: "DATA_TIMESTAMP", type: "yyyyMMddHHmmss", required: true) @visibility(to: PUBLIC)
}
type Line @dataset(code: "LINE", no: 8, key: ["CODE"], why: "A toy.") {
  code: String @wire(code: "CODE", type: "C..20", required: true) @visibility(to: PUBLIC) @indexed
  price: Decimal @wire(code: "PRICE", type: "N..9,2", required: true) @visibility(to: PUBLIC)
  best: String @wire(code: "BEST", type: "C..9", requiredWhen: "KIND=1") @visibility(to: PUBLIC)
  kind: String @wire(code: "KIND", type: "C1") @visibility(to: PUBLIC)
}`);
const datasets: ReadonlyMap<string, Dataset> = new Map(contract.datasets.map((dataset) => [dataset.code, dataset]));
const folder = await openProvinceFolder(toyFolder);
const names = readNames(await documentOf(folder, 'names.json'));
const province: Province = {
  ...folder.province,
  systems: folder.province.systems.map((system) => ({ ...system, contracts: [...system.contracts, 'toys'] })),
};
const [city = '', , provincial = ''] = province.systems.map(({ code }) => code);

const document = {
  about: 'toys',
  fields: { TITLE: '第{story.no:3}号，{total} 元' },
  stories: [
    {
      name: 'sale',
      perSystem: 2,
      starts: [-10, -10],
      running: [-3, -3],
      let: {
        sold: { day: [0, 0], clock: '09:30' },
        later: { day: [3, 3], clock: '10:00' },
        unit: { pick: ['1.25'] },
        line: { repeat: [3, 3], let: { code: 'L{story.no}-{no:2}', price: { times: ['unit', 'no'], decimals: 1 } } },
        total: { sum: 'line.price' },
        best: { most: 'line.price' },
      },
      steps: [
        { dataset: 'SALE', at: 'sold', fields: { PRICE: '{total}' } },
        {
          dataset: 'LINE',
          each: 'line',
          at: 'later',
          if: ['line.no!=2'],
          fields: { CODE: '{line.code}', PRICE: '{line.price}', KIND: '{best.no}' },
        },
      ],
    },
  ],
};
const scenario = readScenario(document, { contract: 'toys', datasets, names });
const told = (system: string, scale = 1, today = '2026-11-20'): readonly DemoRecord[] => [
  ...scenarioRecords(settingOf(province, names, { system, seed: 'toy', today }), {
    scenarios: [scenario],
    codes: provinceCodes(province),
    scale,
  }),
];

describe('a scenario is played word for word', () => {
  test('what has happened, with what the contract requires filled in', () => {
    expect(told(city)).toEqual([
      {
        dataset: 'SALE',
        dataKey: '01000007202611100000000001',
        op: 'put',
        fields: { TITLE: '第001号，7.6 元', PRICE: '7.6', DAY: '20261110', NOTE: '示例备注', DATA_TIMESTAMP: '20261110093137' },
        dirt: [],
      },
      line('1', '01', '1.3', '20261113'),
      line('1', '03', '3.8', '20261113'),
      {
        dataset: 'SALE',
        dataKey: '01000007202611170001000001',
        op: 'put',
        fields: { TITLE: '第002号，7.6 元', PRICE: '7.6', DAY: '20261117', NOTE: '示例备注', DATA_TIMESTAMP: '20261117093137' },
        dirt: [],
      },
    ]);
  });

  test('the same again, and another scale only adds', () => {
    expect(JSON.stringify(told(city))).toBe(JSON.stringify(told(city)));
    const larger = new Set(told(city, 3).map((record) => JSON.stringify(record)));
    expect(told(city).filter((record) => !larger.has(JSON.stringify(record)))).toEqual([]);
    expect(larger.size).toBeGreaterThan(told(city).length);
  });

  test('several stories may be going on, each from a day of its own', () => {
    const story = {
      ...document.stories[0],
      running: [
        [-6, -6],
        [-4, -4],
      ],
    };
    const played = readScenario({ ...document, stories: [story] }, { contract: 'toys', datasets, names });
    const setting = settingOf(province, names, { system: city, seed: 'toy', today: '2026-11-20' });
    const sales = [...scenarioRecords(setting, { scenarios: [played], codes: provinceCodes(province), scale: 1 })];
    expect(sales.flatMap(({ dataset, fields }) => (dataset === 'SALE' ? [fields['DAY']] : []))).toEqual([
      '20261110',
      '20261116',
      '20261116',
    ]);
  });

  test('keys are given once', () => {
    const keys = told(city, 60).flatMap(({ dataset, dataKey }) => (dataKey === undefined ? [] : [`${dataset} ${dataKey}`]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('the provincial system holds some of the cities’ stories word for word', () => {
    const cities = new Set(
      province.systems.flatMap(({ code }) => (code === provincial ? [] : told(code, 60))).map((record) => JSON.stringify(record)),
    );
    const copies = told(provincial, 60).filter(({ dataKey }) => dataKey?.startsWith('0000') === false);
    expect(copies.length).toBeGreaterThan(0);
    expect(copies.filter((record) => !cities.has(JSON.stringify(record)))).toEqual([]);
  });

  test('a long list is never held: its parts are made when they are asked for', () => {
    const lines = (count: number): Value => {
      const story = {
        ...document.stories[0],
        let: { ...document.stories[0]?.let, line: { ...document.stories[0]?.let.line, repeat: count } },
      };
      const [read] = readScenario({ ...document, stories: [story] }, { contract: 'toys', datasets, names }).stories;
      const setting = settingOf(province, names, { system: city, seed: 'toy', today: '2026-11-20' });
      const stage = stageOf({ setting, scale: 1, seed: 'one', number: 0, starts: [-10, -10], source: () => [] });
      return lookUp(drawAll(read?.lets ?? {}, { stage, scope: stageScope(stage), seed: 'one', index: 0 }), ['line']);
    };
    const [few, many] = [lines(3), lines(20_000)];
    if (!isParts(few) || !isParts(many)) throw new TypeError('no parts');
    expect(few.part(1)).toBe(few.part(1));
    expect(many.part(19_999)).not.toBe(many.part(19_999));
    expect(many.part(19_999)).toEqual(many.part(19_999));
  });
});

function line(story: string, number: string, price: string, day: string): object {
  const ordinal = String(Number(number) + 1).padStart(6, '0');
  return {
    dataset: 'LINE',
    dataKey: `01000008${day}0000${ordinal}`,
    op: 'put',
    fields: { CODE: `L${story}-${number}`, PRICE: price, KIND: '3' },
    dirt: [],
  };
}

describe('a wrong file', () => {
  const read = (change: (copy: typeof document) => unknown): string => {
    const copy = structuredClone(document);
    const changed = change(copy);
    try {
      readScenario(changed ?? copy, { contract: 'toys', datasets, names });
    } catch (error) {
      if (error instanceof HubError) return error.message;
      throw error;
    }
    return '';
  };

  test('all faults at once, each with its place and its remedy', () => {
    const story = {
      ...document.stories[0],
      let: { who: { company: 'wizard' }, price: '{missing}', sum: { sum: 'price' } },
      steps: [
        { dataset: 'SALE', at: 'sold', fields: { TITEL: 'x', PRICE: '{open' } },
        { dataset: 'GIFT', at: 'start' },
        { dataset: 'LINE', each: 'line', at: 'start' },
      ],
    };
    expect(read((copy) => ({ ...copy, stories: [story] })).split('\n')).toEqual([
      '省份数据 scenarios/toys.json 有 9 处错误，请改正：',
      '  stories.0.let.who：没有「wizard」这一角色，可用：builder、designer、supervisor、agency；新角色加在 names.json。',
      '  stories.0.let.price：此处没有变量 missing（或类型不符），请先在 let 中定义，或改正名称。',
      '  stories.0.let.sum：price 不是重复部分（的成员），请先用 repeat 定义。',
      '  stories.0.steps.0.fields.TITEL：SALE 没有字段 TITEL，请改正。',
      '  stories.0.steps.0.at：此处没有变量 sold（或类型不符），请先在 let 中定义，或改正名称。',
      '  stories.0.steps.0.fields.TITLE：此处没有变量 total（或类型不符），请先在 let 中定义，或改正名称。',
      '  stories.0.steps.0.fields.PRICE：「{open」中的花括号不成对或不是变量，请写作 {变量}。',
      '  stories.0.steps.1.dataset：标准中没有数据集 GIFT，请改正。',
      '  stories.0.steps.2.each：line 不是重复部分，请先用 repeat 定义。',
    ]);
  });

  test('what nobody offers, cases of two kinds, offers that find no part', () => {
    const story = {
      ...document.stories[0],
      let: {
        ...document.stories[0]?.let,
        all: { every: 'gifts', let: {} },
        two: { case: 'unit', of: { 1: '{sold}', '*': '{unit}' } },
      },
      offers: { sales: { each: 'lines', at: 'sold', let: {} } },
    };
    expect(read((copy) => ({ ...copy, stories: [story] })).split('\n')).toEqual([
      '省份数据 scenarios/toys.json 有 3 处错误，请改正：',
      '  stories.0.let.all：没有剧本以 offers 提供「gifts」。',
      '  stories.0.let.two：case 的各项应为同一种值。',
      '  stories.0.offers.sales.each：lines 不是重复部分，请先用 repeat 定义。',
    ]);
  });

  test('a form that is none', () => {
    expect(read((copy) => ({ ...copy, stories: [] }))).toContain('stories');
    expect(read((copy) => ({ ...copy, unknown: 1 }))).toContain('unknown');
    expect(read((copy) => ({ ...copy, stories: [{ ...copy.stories[0], let: { x: { guess: 1 } } }] }))).toContain('stories.0.let.x');
  });
});
