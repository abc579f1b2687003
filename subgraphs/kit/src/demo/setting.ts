/**
 * What a run of the generator is about: one system of one province, up to one day.
 */
import { citiesOf, cityOf, type Province, type RegionRow, regionPath, regionsIn, type SystemRow } from '@hub/schema';

import { type Market, marketOf } from './market.ts';
import type { Names } from './names.ts';
import type { Random } from './random.ts';
import { startOfDay, type WallClock } from './wall-clock.ts';

/** The run, as every part of the generator sees it. */
export interface Setting {
  readonly province: Province;
  readonly names: Names;
  readonly market: Market;
  readonly system: SystemRow;
  /** Position of the system in the province's list. */
  readonly ordinal: number;
  readonly seed: string;
  /** Nothing that happens on this day or later has been sent. */
  readonly today: WallClock;
}

/** What a caller decides. */
export interface DemoOptions {
  /** Any text; the same gives the same bytes. */
  readonly seed: string;
  /** Multiplies the number of projects, 1 by default: about 1,100 records a city. */
  readonly scale: number;
  /** `yyyy-MM-dd`: the day up to which records exist. */
  readonly today: string;
}

/** @throws RangeError when the system is not in the province's list or today is not a date. */
export function settingOf(
  province: Province,
  names: Names,
  { system, seed, today }: { readonly system: string; readonly seed: string; readonly today: string },
): Setting {
  const ordinal = province.systems.findIndex((row) => row.code === system);
  const row = province.systems[ordinal];
  if (row === undefined) throw new RangeError(`Not a system of this province: ${system}`);
  return { province, names, market: marketOf(province, names, seed), system: row, ordinal, seed, today: startOfDay(today) };
}

/** @returns The same run about another system of the province. */
export function settingAt(setting: Setting, system: SystemRow): Setting {
  return { ...setting, system, ordinal: setting.province.systems.indexOf(system) };
}

/** A provincial system also holds what cities send it, and its own projects lie anywhere. */
export function isProvincial({ province, system }: Setting): boolean {
  return system.region === province.code;
}

/** Share of projects that lie in another city than the system they are traded on. */
export const awayShare = 0.05;

/** @returns Where a project's works lie: a county where the city has any. */
export function placeOf(setting: Setting, random: Random): RegionRow {
  const { province, system } = setting;
  const home = cityOf(province, system.region);
  if (home === undefined) return countyOf(province, random.pick(citiesOf(province)), random);
  const others = citiesOf(province).filter((city) => city.code !== home.code);
  if (others.length > 0 && random.chance(awayShare)) return countyOf(province, random.pick(others), random);
  const [own] = regionPath(province, system.region);
  return own === undefined || own.code === home.code ? countyOf(province, home, random) : own;
}

function countyOf(province: Province, city: RegionRow, random: Random): RegionRow {
  const counties = regionsIn(province, city.code);
  return counties.length === 0 ? city : random.pick(counties);
}
