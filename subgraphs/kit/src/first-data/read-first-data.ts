/**
 * What a province folder brings for a first start: published records with the mapping that reads them, and the names the
 * demonstration is made of. Either may be missing.
 * @see design/architecture.md «Layout»
 */
import type { Province } from '@hub/schema';

import { type Names, readNames } from '../demo/names.ts';
import type { ProvinceFolder } from '../province-folder.ts';
import { type MappedRecord, mapPublished } from '../published/map-published.ts';
import { readPublishedMapping } from '../published/mapping.ts';
import { readPublishedRecord } from '../published/published-record.ts';

/** Data of a first start. */
export interface FirstData {
  readonly province: Province;
  /** Published records by the system that takes them. */
  readonly published: ReadonlyMap<string, readonly MappedRecord[]>;
  /** Undefined: the folder brings no names, so nothing is invented. */
  readonly names: Names | undefined;
}

const mappingFile = 'mapping/published.json';
const recordsFile = 'records/published.jsonl';

/**
 * @param noticeDatasets - Wire datasets that appear on the board by themselves.
 * @throws HubError CONFIG_INVALID naming the file and what is wrong with it.
 */
export async function readFirstData(folder: ProvinceFolder, noticeDatasets: ReadonlySet<string>): Promise<FirstData> {
  const { province } = folder;
  const names = await folder.text('names.json');
  const mappingText = await folder.text(mappingFile);
  const published: MappedRecord[] = [];
  if (mappingText !== undefined) {
    const mapping = readPublishedMapping(JSON.parse(mappingText));
    const lines = await folder.text(recordsFile);
    for (const line of (lines ?? '').split('\n').filter((text) => text.trim() !== '')) {
      const mapped = mapPublished(readPublishedRecord(line), { province, mapping, noticeDatasets });
      if (mapped !== undefined) published.push(mapped);
    }
  }
  return {
    province,
    published: Map.groupBy(published, ({ system }) => system),
    names: names === undefined ? undefined : readNames(JSON.parse(names)),
  };
}
