/**
 * What a province folder brings for a first start: published records with the mapping that reads them, and the names the
 * demonstration is made of, and its scenarios. Any may be missing.
 * @see design/architecture.md «Layout»
 */
import type { Dataset, Province } from '@hub/schema';

import { type Names, readNames } from '../demo/names.ts';
import { offeredBy, readScenario, type Scenario } from '../demo/scenario/read-scenario.ts';
import type { ProvinceFolder } from '../province-folder.ts';
import { type MappedRecord, mapPublished } from '../published/map-published.ts';
import { readPublishedMapping } from '../published/mapping.ts';
import { readPublishedRecord } from '../published/published-record.ts';
import { provinceCodes } from '../system-codes.ts';

/** Data of a first start. */
export interface FirstData {
  readonly province: Province;
  /** Published records by the system that takes them. */
  readonly published: ReadonlyMap<string, readonly MappedRecord[]>;
  /** Undefined: the folder brings no names, so nothing is invented. */
  readonly names: Names | undefined;
  /** Of the contracts that systems of the province serve. */
  readonly scenarios: readonly Scenario[];
}

const mappingFile = 'mapping/published.json';
const recordsFile = 'records/published.jsonl';

/**
 * @param datasets - Those of the law, by which published records are mapped.
 * @throws HubError CONFIG_INVALID naming the file and what is wrong with it.
 */
export async function readFirstData(folder: ProvinceFolder, datasets: readonly Dataset[]): Promise<FirstData> {
  const { province } = folder;
  const setting = { province, datasets: new Map(datasets.map((dataset) => [dataset.code, dataset])), codes: provinceCodes(province) };
  const namesText = await folder.text('names.json');
  const names = namesText === undefined ? undefined : readNames(JSON.parse(namesText));
  const mappingText = await folder.text(mappingFile);
  const published: MappedRecord[] = [];
  if (mappingText !== undefined) {
    const mapping = readPublishedMapping(JSON.parse(mappingText));
    const lines = await folder.text(recordsFile);
    for (const line of (lines ?? '').split('\n').filter((text) => text.trim() !== '')) {
      const mapped = mapPublished(readPublishedRecord(line), { ...setting, mapping });
      if (mapped !== undefined) published.push(mapped);
    }
  }
  return {
    province,
    published: Map.groupBy(published, ({ system }) => system),
    names,
    scenarios: names === undefined ? [] : await readScenarios(folder, names, setting.datasets),
  };
}

/** @throws HubError CONFIG_INVALID with every fault of the first file that has any. */
export async function readScenarios(
  folder: ProvinceFolder,
  names: Names,
  datasets: ReadonlyMap<string, Dataset>,
): Promise<readonly Scenario[]> {
  const contracts = [...new Set(folder.province.systems.flatMap((system) => system.contracts))].toSorted();
  const documents: (readonly [string, unknown])[] = [];
  for (const contract of contracts) {
    const text = await folder.text(`scenarios/${contract}.json`);
    if (text !== undefined) documents.push([contract, JSON.parse(text)]);
  }
  const offered = new Map(documents.flatMap(([contract, document]) => [...offeredBy(document, contract)]));
  return documents.map(([contract, document]) => readScenario(document, { contract, datasets, names, offered }));
}
