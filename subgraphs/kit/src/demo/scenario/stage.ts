/**
 * What a story is played on: one system of the province, a place, a platform, and everybody who may take part.
 */
import { cityOf, type PlatformCode, type RegionRow } from '@hub/schema';

import { bodiesOf, type Organisation } from '../market.ts';
import { type Random, randomFrom } from '../random.ts';
import { placeOf, type Setting } from '../setting.ts';
import { dayS, onWorkday, type WallClock } from '../wall-clock.ts';
import { type Bundle, bundle, type Scope, type Value } from './value.ts';

/** Where and when a story is played. */
export interface Stage {
  readonly setting: Setting;
  /** Multiplied with the number of parts where they scale. */
  readonly scale: number;
  /** Decides, with the names of variables, all that is drawn. */
  readonly seed: string;
  /** Position among all stories of its scenario in this system. */
  readonly number: number;
  readonly place: RegionRow;
  readonly platform: PlatformCode;
  readonly start: WallClock;
  /** Bodies of the place by role. */
  readonly bodies: ReadonlyMap<string, readonly Organisation[]>;
  /** What registers tell of, by name. */
  readonly source: (name: string) => readonly Bundle[];
}

/** What the caller has decided about a story. */
export interface StageFrame {
  readonly setting: Setting;
  readonly scale: number;
  readonly seed: string;
  readonly number: number;
  /** Days from today on which it begins, from and to. */
  readonly starts: readonly [number, number];
  readonly source: Stage['source'];
}

export function stageOf({ starts: [from, to], ...frame }: StageFrame): Stage {
  const { setting, seed } = frame;
  const random: Random = randomFrom(`${seed}/stage`);
  const place = placeOf(setting, random);
  const { platformCodes } = setting.system;
  return {
    ...frame,
    place,
    // A register has no platform of its own: others send to it.
    platform: platformCodes.length === 0 ? setting.province.servicePlatform : random.pick(platformCodes),
    start: onWorkday(setting.today + random.whole(from, to) * dayS),
    bodies: bodiesOf(setting.province, setting.names, place),
  };
}

/** Names that every story knows. */
export const stageNames = {
  start: undefined,
  story: ['no'],
  place: ['code', 'name', 'city', 'cityCode', 'full'],
  system: ['no', 'name', 'operator', 'region', 'regionName', 'url'],
} as const;

/** @returns What stands under those names. */
export function stageScope({ setting, number, place, platform, start }: Stage): Scope {
  const { province, system, ordinal } = setting;
  const own: Readonly<Record<keyof typeof stageNames, Value>> = {
    start: { at: start },
    story: bundle({ no: String(number + 1) }),
    place: placeBundle(setting, place),
    system: bundle({
      no: String(ordinal + 1),
      name: system.name,
      operator: platform.platform,
      region: system.region,
      regionName: province.regions.find(({ code }) => code === system.region)?.name,
      // `.example` resolves nowhere.
      url: `https://${system.code}.example`,
    }),
  };
  return { own: new Map(Object.entries(own)), outer: undefined };
}

function placeBundle({ province }: Setting, place: RegionRow): Bundle {
  const city = cityOf(province, place.code) ?? place;
  return bundle({
    code: place.code,
    name: place.name,
    city: city.name,
    cityCode: city.code,
    full: city.code === place.code ? city.name : `${city.name}${place.name}`,
  });
}
