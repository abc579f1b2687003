/**
 * Reads the documents of a province folder into data, and refuses a folder that contradicts itself.
 * @see design/architecture.md «Layout»
 */
import { isSystemCode } from '../record-id.ts';
import { type Fields, invalid, listOf, optionalText, textIn, textsIn } from './document.ts';
import type { PlatformCode, Province, ProvinceCategory, RegionRow, SystemRow } from './province.ts';

/** The parsed JSON of the files `province.json`, `regions.json` and `systems.json`. */
export interface ProvinceDocuments {
  readonly province: unknown;
  readonly regions: unknown;
  readonly systems: unknown;
}

/**
 * @throws HubError CONFIG_INVALID naming the file and the entry: a missing or mistyped value, a code twice, a parent or a
 * home region that is not in the list.
 */
export function readProvince(documents: ProvinceDocuments): Province {
  const [about] = listOf([documents.province], 'province.json');
  if (about === undefined) throw invalid('province.json', 'province');
  const regions = listOf(documents.regions, 'regions.json').map(readRegion);
  const systems = listOf(documents.systems, 'systems.json').map(readSystem);
  const codes = uniqueCodes(regions, 'regions.json');
  uniqueCodes(systems, 'systems.json');
  for (const { code, parent } of regions) {
    if (parent !== undefined && !codes.has(parent)) throw invalid('regions.json', `${code}.parent`);
  }
  for (const { code, region } of systems) {
    if (!isSystemCode(code)) throw invalid('systems.json', `${code}.code`);
    if (!codes.has(region)) throw invalid('systems.json', `${code}.region`);
  }
  return {
    code: textIn(about, 'code'),
    name: textIn(about, 'name'),
    nameEn: textIn(about, 'nameEn'),
    timeZone: textIn(about, 'timeZone'),
    servicePlatform: readPlatform(about.entry('servicePlatform')),
    categories: listOf(about.value('categories'), 'province.json').map(readCategory),
    regions,
    systems,
  };
}

function readCategory(row: Fields): ProvinceCategory {
  return { code: textIn(row, 'code'), name: textIn(row, 'name'), published: optionalText(row, 'published') };
}

function readRegion(row: Fields): RegionRow {
  return {
    code: textIn(row, 'code'),
    name: textIn(row, 'name'),
    nameEn: optionalText(row, 'nameEn'),
    parent: optionalText(row, 'parent'),
    until: optionalText(row, 'until'),
    pseudo: row.value('pseudo') === true,
  };
}

function readSystem(row: Fields): SystemRow {
  const owner = row.entry('owner');
  return {
    code: textIn(row, 'code'),
    name: textIn(row, 'name'),
    nameEn: textIn(row, 'nameEn'),
    owner: { name: textIn(owner, 'name'), creditCode: optionalText(owner, 'creditCode') },
    region: textIn(row, 'region'),
    platformCodes: listOf(row.value('platformCodes'), 'systems.json').map(readPlatform),
    contracts: textsIn(row, 'contracts'),
    registeredAt: textIn(row, 'registeredAt'),
    state: optionalText(row, 'state') === 'WITHDRAWN' ? 'WITHDRAWN' : 'PUBLISHED',
  };
}

function readPlatform(row: Fields): PlatformCode {
  return { platform: textIn(row, 'platform'), tradePlat: textIn(row, 'tradePlat') };
}

function uniqueCodes(rows: readonly { readonly code: string }[], file: string): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const { code } of rows) {
    if (codes.has(code)) throw invalid(file, code);
    codes.add(code);
  }
  return codes;
}
