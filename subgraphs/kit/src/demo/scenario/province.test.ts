/**
 * The scenarios of the real province, all of them, over all systems and the whole law.
 */
import { cityOf, type Dataset, dayOfRecord, judgeByRules, type KnownRecord, law, lookupKey, ruleBook, validateRecord } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { readScenarios } from '../../first-data/read-first-data.ts';
import { openProvinceFolder } from '../../province-folder.ts';
import { provinceCodes } from '../../system-codes.ts';
import { documentOf, lawDatasets, provinceFolder } from '../../testing/province-folders.ts';
import { readNames } from '../names.ts';
import { awayShare, settingOf } from '../setting.ts';
import { dirtKinds } from './dirt.ts';
import { dirtTable } from './dirt-kinds.ts';
import { scenarioRecords } from './scenario-records.ts';
import type { DemoRecord } from './tell-story.ts';

const folder = await openProvinceFolder(provinceFolder);
const { province } = folder;
const names = readNames(await documentOf(folder, 'names.json'));
const datasets = lawDatasets();
const codes = provinceCodes(province);
const scenarios = await readScenarios(folder, names, datasets);
const today = '2026-11-22';
const play = { scenarios, codes, scale: 1 };
const told = province.systems.flatMap(({ code: system, region }) =>
  [...scenarioRecords(settingOf(province, names, { system, seed: 'hub', today }), play)].map((record) => ({ record, system, region })),
);
const served = new Set(province.systems.flatMap(({ contracts }) => contracts));
/** Contracts that are told by scenarios: all that have datasets, but the board, which is derived. */
const toldContracts = law()
  .contracts.map(({ contract }) => contract)
  .filter(({ name, datasets: own }) => served.has(name) && own.length > 0 && name !== 'board');

function datasetOf({ dataset }: DemoRecord): Dataset {
  const found = datasets.get(dataset);
  if (found === undefined) throw new RangeError(dataset);
  return found;
}

describe('the law over every record', () => {
  const judged = told.map(({ record }) => ({
    record,
    verdict: validateRecord(datasetOf(record), record, { codes, sourceKind: 'DEMONSTRATION' }),
  }));

  test('clean records keep the standard without a word', () => {
    const found = judged
      .filter(({ record, verdict }) => record.dirt.length === 0 && verdict.refusals.length + verdict.warnings.length > 0)
      .map(
        ({ record, verdict }) =>
          `${record.dataset}: ${[...verdict.refusals, ...verdict.warnings].map(({ rule, field }) => `${rule} ${field}`).join(', ')}`,
      );
    expect([...new Set(found)]).toEqual([]);
  });

  test('dirt is refused or doubted as its table says', () => {
    const wrong = judged.filter(({ record: { dirt }, verdict }) => {
      const said = verdict.refusals.length > 0 ? 'refusal' : verdict.warnings.length > 0 ? 'warning' : 'none';
      const [kind] = dirtKinds.filter((one) => dirt.some((told) => told === one));
      return kind !== undefined && dirtTable[kind].effect !== said;
    });
    expect(wrong.map(({ record }) => [record.dataset, record.dirt])).toEqual([]);
    const kinds = new Set(judged.flatMap(({ record }) => record.dirt));
    expect([...kinds].toSorted()).toEqual([...dirtKinds].toSorted());
  });
});

describe('the rules across records', () => {
  const book = ruleBook();
  const standing = new Map<string, KnownRecord[]>();
  const sent = told.map(({ record, system }, place) => ({ ...record, system, key: String(place), sourceKind: 'DEMONSTRATION' }) as const);
  for (const record of sent) {
    const refused = validateRecord(datasetOf(record), record, { codes, sourceKind: 'DEMONSTRATION' }).refusals.length > 0;
    for (const code of refused ? [] : book.lookedUpCodes(record.dataset, record.fields)) {
      for (const within of [`SYSTEM ${record.system}`, 'PROVINCE']) {
        const key = `${within} ${lookupKey({ dataset: record.dataset, ...code, scope: 'PROVINCE' })}`;
        const known = standing.get(key);
        if (known === undefined) standing.set(key, [record]);
        else known.push(record);
      }
    }
  }
  const found = sent.flatMap((record) => {
    const rules = book.rulesFor(record.dataset, dayOfRecord(record.fields, '2026-11-22T00:00:00.000000Z'));
    const { refusals, warnings, waits } = judgeByRules(rules, record, {
      earlier: undefined,
      known: (lookup) =>
        standing.get(
          `${lookup.scope === 'SYSTEM' ? `SYSTEM ${record.system}` : 'PROVINCE'} ${lookupKey({ ...lookup, scope: 'PROVINCE' })}`,
        ) ?? [],
    });
    return [...refusals, ...warnings, ...waits].map(({ rule, severity }) => ({ rule, severity, clean: record.dirt.length === 0 }));
  });

  test('no clean record is refused or waits, for parents are told before their children and are clean', () => {
    expect(found.filter(({ severity, clean }) => clean && severity === 'refusal')).toEqual([]);
  });

  test('a clean record is doubted only where a record beside it is dirty: fewer than one in 500', () => {
    expect(found.filter(({ clean }) => clean).length).toBeLessThan(told.length / 500);
  });

  test('dirt of amounts and units is found', () => {
    const kinds = new Set(found.filter(({ clean }) => !clean).map(({ rule }) => rule.replace(/^[A-Z]+_/, '')));
    expect([...kinds].filter((kind) => /UNIT/.test(kind)).length).toBeGreaterThan(5);
  });
});

describe('what is told', () => {
  test.each(toldContracts.filter(({ category }) => category !== undefined))('$name: several kinds of dirt', ({ datasets: own }) => {
    const codesOf = new Set(own.map(({ code }) => code));
    const kinds = new Set(told.flatMap(({ record }) => (codesOf.has(record.dataset) ? record.dirt : [])));
    expect(kinds.size).toBeGreaterThan(2);
  });

  test('every dataset of every contract', () => {
    const all = new Set(told.map(({ record }) => record.dataset));
    expect(toldContracts.length).toBeGreaterThan(12);
    expect(toldContracts.flatMap(({ datasets: own }) => own.filter(({ code }) => !all.has(code)).map(({ code }) => code))).toEqual([]);
  });

  test.each(toldContracts.filter(({ category }) => category !== undefined))('$name: all that its deals can tell', ({ datasets: own }) => {
    const targets = ['principals', 'winners', 'price', 'decidedAt', 'reference', 'opensAt'];
    const mapped = own.flatMap((dataset) =>
      targets.flatMap((target) =>
        [dataset.deal?.[target]].flat().flatMap((name) => (typeof name === 'string' ? [{ dataset, target, name }] : [])),
      ),
    );
    const untold = targets.filter((target) => {
      const sources = mapped.filter((one) => one.target === target);
      return sources.length > 0 && !sources.some(({ dataset, name }) => isTold(dataset, name));
    });
    expect(untold).toEqual([]);
  });

  test('about as much as a first start bears', () => {
    const counts = [...Map.groupBy(told, ({ record }) => record.dataset).values()].map(({ length }) => length).toSorted((a, b) => b - a);
    const [largest = 0, ...others] = counts;
    expect(largest).toBe(20_000);
    expect(others.reduce((sum, count) => sum + count, 0)).toBeLessThan(40_000);
  });

  test('something is always to come', () => {
    const day = '20261122';
    const later = told.filter(({ record }) =>
      [datasetOf(record).deal?.['opensAt']].flat().some((name) => typeof name === 'string' && wireText(record, name) > day),
    );
    expect(later.length).toBeGreaterThan(50);
  });

  test('five in a hundred lie away from home; the provincial systems hold copies', () => {
    const cities = told.filter(({ region }) => region !== province.code);
    const places = cities.flatMap(({ record, region }) => {
      const place = record.fields['REGION_CODE'];
      return place === undefined ? [] : [{ away: cityOf(province, place)?.code !== cityOf(province, region)?.code }];
    });
    expect(Math.abs(places.filter(({ away }) => away).length / places.length - awayShare)).toBeLessThan(0.03);
    const sent = new Set(cities.map(({ record }) => JSON.stringify(record)));
    const copies = told.filter(({ region, record }) => region === province.code && sent.has(JSON.stringify(record)));
    expect(copies.length).toBeGreaterThan(20);
  });

  test('no key is given twice in a system', () => {
    const keys = told.flatMap(({ system, record: { dataset, dataKey } }) =>
      dataKey === undefined ? [] : [`${system} ${dataset} ${dataKey}`],
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('one market', () => {
  const register = new Set(told.flatMap(({ record }) => (record.fields['LEGAL_NAME'] === undefined ? [] : [record.fields['LEGAL_CODE']])));
  const parties = (record: DemoRecord): readonly string[] =>
    datasetOf(record)
      .fields.flatMap(({ wire }) => wire.filter(({ id }) => id === 'partyCode'))
      .flatMap(({ code }) => (record.fields[code] ?? '').split(';').filter((text) => text !== ''));
  /** Persons are not of that register: their numbers name a region that does not exist. */
  const isPerson = (code: string): boolean => code.startsWith(`${province.code.slice(0, 2)}9900`);

  test('every party of every scenario is registered', () => {
    const unknown = told
      .filter(({ record: { dirt } }) => dirt.length === 0)
      .flatMap(({ record }) =>
        parties(record)
          .filter((code) => !register.has(code) && !isPerson(code))
          .map((code) => `${record.dataset} ${code}`),
      );
    expect([...new Set(unknown)].slice(0, 5)).toEqual([]);
  });
});

function wireText(record: DemoRecord, name: string): string {
  const field = datasetOf(record).fields.find((one) => one.name === name);
  return record.fields[field?.wire[0]?.code ?? ''] ?? '';
}

function isTold(dataset: Dataset, name: string): boolean {
  return told.some(({ record }) => record.dataset === dataset.code && wireText(record, name) !== '');
}
