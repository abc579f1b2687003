/**
 * Reads the documents of a province folder into data, and refuses a folder that contradicts itself.
 * @see design/architecture.md «Layout»
 */
import { type Direction, isDirection } from '../contract.ts';
import { isSystemCode } from '../record-id.ts';
import { type Fault, type Faults, type Fields, listOf, optionalText, refuseFaults, textIn, textsIn } from './document.ts';
import type { PlatformCode, Province, ProvinceCategory, RegionRow, SystemRow } from './province.ts';

/** The parsed JSON of the files `province.json`, `regions.json` and `systems.json`. */
export interface ProvinceDocuments {
  readonly province: unknown;
  readonly regions: unknown;
  readonly systems: unknown;
}

/**
 * @throws HubError CONFIG_INVALID naming the file and the entry of every fault: a missing or mistyped value, a code twice, a
 * parent or a home region that is not in the list.
 */
export function readProvince(documents: ProvinceDocuments): Province {
  const faults: Faults = [];
  const [about] = listOf([documents.province], { file: 'province.json', faults });
  const regions = listOf(documents.regions, { file: 'regions.json', faults }).map(readRegion);
  const systems = listOf(documents.systems, { file: 'systems.json', faults }).map(readSystem);
  const province = about === undefined ? undefined : readAbout(about, { regions, systems });
  faults.push(...contradictions(regions, systems));
  refuseFaults(faults);
  if (province === undefined) throw new TypeError('a list of one has one entry');
  return province;
}

function readAbout(about: Fields, rows: Pick<Province, 'regions' | 'systems'>): Province {
  return {
    code: textIn(about, 'code'),
    name: textIn(about, 'name'),
    nameEn: textIn(about, 'nameEn'),
    timeZone: textIn(about, 'timeZone'),
    servicePlatform: readPlatform(about.entry('servicePlatform')),
    categories: listOf(about.value('categories'), { ...about, at: 'categories' }).map(readCategory),
    ...rows,
  };
}

/** What is well-formed by itself and wrong beside the rest. A row without a code is told of already. */
function contradictions(regions: readonly RegionRow[], systems: readonly SystemRow[]): readonly Fault[] {
  const codes = new Set(regions.map(({ code }) => code));
  const unknown = { zh: '所指的地区不在 regions.json', en: 'is a region that regions.json does not have' };
  const form = { zh: '不是系统代码（小写字母开头，只含小写字母、数字和 -）', en: 'is no system code (lower-case letters, digits and -)' };
  return [
    ...repeated(regions, 'regions.json'),
    ...repeated(systems, 'systems.json'),
    ...regions
      .filter(({ parent }) => parent !== undefined && !codes.has(parent))
      .map(({ code }) => ({ file: 'regions.json', at: `${code}.parent`, ...unknown })),
    ...systems
      .filter(({ code }) => code !== '')
      .flatMap(({ code, region }) => [
        ...(isSystemCode(code) ? [] : [{ file: 'systems.json', at: `${code}.code`, ...form }]),
        ...(region === '' || codes.has(region) ? [] : [{ file: 'systems.json', at: `${code}.region`, ...unknown }]),
      ]),
  ];
}

function repeated(rows: readonly { readonly code: string }[], file: string): readonly Fault[] {
  const codes = rows.map(({ code }) => code).filter((code) => code !== '');
  const twice = new Set(codes.filter((code, place) => codes.indexOf(code) !== place));
  return [...twice].map((at) => ({ file, at, zh: '代码重复', en: 'has its code twice' }));
}

function readCategory(row: Fields): ProvinceCategory {
  return { code: textIn(row, 'code'), name: textIn(row, 'name'), published: optionalText(row, 'published'), direction: directionIn(row) };
}

function directionIn(row: Fields): Direction | undefined {
  const direction = row.value('direction');
  if (direction === undefined || isDirection(direction)) return direction;
  row.faults.push({
    file: row.file,
    at: `${row.at}.direction`,
    zh: '不是 PUBLIC_PAYS 或 PUBLIC_RECEIVES',
    en: 'is neither PUBLIC_PAYS nor PUBLIC_RECEIVES',
  });
  return undefined;
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
    platformCodes: listOf(row.value('platformCodes'), { ...row, at: `${row.at}.platformCodes` }).map(readPlatform),
    contracts: textsIn(row, 'contracts'),
    registeredAt: textIn(row, 'registeredAt'),
    state: optionalText(row, 'state') === 'WITHDRAWN' ? 'WITHDRAWN' : 'PUBLISHED',
  };
}

function readPlatform(row: Fields): PlatformCode {
  return { platform: textIn(row, 'platform'), tradePlat: textIn(row, 'tradePlat') };
}
