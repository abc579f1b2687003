/**
 * Questions about the tree of regions. Codes are opaque: what lies in what is said by `parent`, never by digits.
 * @see GB/T 2260-2007; standard/identifiers.md 7
 */
import type { Province, RegionRow } from './province.ts';

/** @returns The region and what it lies in, nearest first; empty for a code the province does not know. */
export function regionPath(province: Pick<Province, 'regions'>, code: string): readonly RegionRow[] {
  const path: RegionRow[] = [];
  let next: string | undefined = code;
  while (next !== undefined) {
    const row: RegionRow | undefined = province.regions.find((region) => region.code === next);
    if (row === undefined || path.includes(row)) break;
    path.push(row);
    next = row.parent;
  }
  return path;
}

/** @returns The city a region lies in (itself for a city); undefined for the province and for unknown codes. */
export function cityOf(province: Province, code: string): RegionRow | undefined {
  return regionPath(province, code).find((region) => region.parent === province.code);
}

/** @returns The cities of the province, in the order of the list. */
export function citiesOf(province: Province): readonly RegionRow[] {
  return province.regions.filter((region) => region.parent === province.code && isCurrent(region));
}

/** @returns The regions that lie directly in another, without retired and pseudo codes; empty where there are none. */
export function regionsIn(province: Province, code: string): readonly RegionRow[] {
  return province.regions.filter((region) => region.parent === code && isCurrent(region));
}

function isCurrent(region: RegionRow): boolean {
  return region.until === undefined && !region.pseudo;
}
