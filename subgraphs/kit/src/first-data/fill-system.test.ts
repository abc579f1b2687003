import { isHeldBySystems, law, type SystemRow } from '@hub/schema';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { scenarioRecords } from '../demo/scenario/scenario-records.ts';
import { settingOf } from '../demo/setting.ts';
import { openProvinceFolder } from '../province-folder.ts';
import { tableName } from '../store/columns.ts';
import { provinceCodes } from '../system-codes.ts';
import { provinceFolder } from '../testing/province-folders.ts';
import { openTestStore, type TestStore } from '../testing/test-store.ts';
import { fillSystem } from './fill-system.ts';
import { readFirstData } from './read-first-data.ts';

const { contracts: laws } = law();
const contracts = laws.map(({ contract }) => contract);
const folder = await openProvinceFolder(provinceFolder);
const read = await readFirstData(
  folder,
  contracts.flatMap(({ datasets }) => datasets),
);
// Of what is published nothing: what is stored is the demonstration's.
const data = { ...read, published: new Map<string, never>() };
const codes = provinceCodes(folder.province);
const [scale, today] = [0.3, '2026-11-22'];
const { scenarios } = data;
const isTold = (contract: string): boolean => contract === 'board' || scenarios.some((scenario) => scenario.contract === contract);
/** Of the systems that scenarios tell all about, the one with the least to tell. */
const [system] = folder.province.systems
  .filter(({ contracts: served }) => served.includes('board') && served.every(isTold))
  .toSorted((a, b) => told(a).length - told(b).length);
if (system === undefined) throw new RangeError('The province has no scenario.');

function told(row: SystemRow): readonly { readonly dataset: string; readonly keyed: boolean }[] {
  if (data.names === undefined) return [];
  const setting = settingOf(folder.province, data.names, { system: row.code, seed: 'hub', today });
  return [...scenarioRecords(setting, { scenarios, codes, scale })].map(({ dataset, dataKey }) => ({
    dataset,
    keyed: dataKey !== undefined,
  }));
}

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore({ contracts: contracts.filter((one) => isHeldBySystems(one) && system.contracts.includes(one.name)) });
});
afterAll(() => opened[Symbol.asyncDispose]());

describe('a system is filled with the scenarios of the contracts in its row', () => {
  test('every record that is not refused is stored, once', async () => {
    const target = { store: opened.store, codes, system };
    const options = { data: async () => data, scale, today, receivedAt: '2026-11-22T00:00:00.000000Z' };
    const records = told(system);
    const good = records.filter(({ keyed }) => keyed);
    expect(good.length).toBeGreaterThan(5);
    expect(await fillSystem(target, options)).toEqual({ stored: good.length, refused: records.length - good.length, scale });
    const stored: string[] = [];
    for (const { dataset, contract } of opened.store.byType.values()) {
      if (contract.name === 'board') continue;
      const { rows } = await sql`select from ${sql.table(tableName(dataset))} where system = ${system.code}`.execute(opened.store.db);
      stored.push(...rows.map(() => dataset.code));
    }
    expect(stored.toSorted()).toEqual(good.map(({ dataset }) => dataset).toSorted());
  });

  test('filled once, it stays as it is', async () => {
    const again = await fillSystem(
      { store: opened.store, codes, system },
      { data: () => Promise.reject(new Error('not asked for')), scale: 2, today, receivedAt: '2026-11-23T00:00:00.000000Z' },
    );
    expect(again).toEqual({ stored: 0, refused: 0, scale });
  });
});
