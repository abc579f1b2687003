/**
 * One project and its whole life, decided from the seed, the system and its number alone: what another project does, or
 * how many there are, moves nothing here.
 */
import { cityOf, type PlatformCode, type RegionRow, type SystemRow } from '@hub/schema';

import { clientsOf, type Organisation } from './market.ts';
import type { Names, Works } from './names.ts';
import { besideDays, planTender, type TenderKind, type TenderPlan, tenderKinds, threeDigits } from './plan-tender.ts';
import { type Random, randomFrom } from './random.ts';
import { placeOf, type Setting } from './setting.ts';
import { dayS, type WallClock } from './wall-clock.ts';

/** One project. */
export interface ProjectPlan {
  /** Position among the system's projects. */
  readonly index: number;
  readonly code: string;
  readonly name: string;
  readonly works: Works;
  /** Where the works lie. */
  readonly region: RegionRow;
  /** Its city; the region itself where it is one. */
  readonly city: RegionRow;
  readonly system: SystemRow;
  readonly platform: PlatformCode;
  readonly clients: readonly Organisation[];
  readonly estimateFen: number;
  readonly createdAt: WallClock;
  readonly tenders: readonly TenderPlan[];
  /** Also sent to the provincial system. */
  readonly copied: boolean;
}

/** Share of a city's projects that the provincial system holds a copy of. */
export const copiedShare = 0.05;
/** Openings are spread over this many days before today and after it. */
const [pastDays, futureDays] = [540, 20];

/** @param index - From 0. The first project opens within days after today, the second is under evaluation: every system has something sealed. */
export function planProject(setting: Setting, index: number): ProjectPlan {
  const { province, names, system } = setting;
  const random = randomFrom(`${setting.seed}/${system.code}/${index}`);
  const region = placeOf(setting, random);
  const works = random.pick(names.works);
  const platform = random.pick(system.platformCodes);
  const code = `${works.industry.slice(0, 1)}${region.code}${system.region.slice(2)}${String(100_000 + index)}`;
  const name = projectName(names, works, { region, random });
  const all = clientsOf(province, names, region);
  const clients = random.some(all, random.chance(0.05) ? 2 : 1);
  const estimateFen = priceBetween(works.yuan, random);
  const opening = openingOf(setting, index, random);
  const kinds = kindsOf(random);
  const tenders = kinds.map((kind, tender) =>
    planTender(
      setting,
      {
        code: `${code}${threeDigits(tender + 1)}`,
        projectName: name,
        kind,
        works,
        region,
        clients,
        platform: platform.platform,
        estimateFen,
        opening: opening - tender * besideDays,
        serial: (setting.ordinal % 10) * 100_000 + ((index * 8 + tender * 4) % 100_000),
      },
      random,
    ),
  );
  return {
    index,
    code,
    name,
    works,
    region,
    city: cityOf(province, region.code) ?? region,
    system,
    platform,
    clients,
    estimateFen,
    createdAt: Math.min(...tenders.map((tender) => tender.schedule.project)),
    tenders,
    copied: system.region !== province.code && random.chance(copiedShare),
  };
}

function kindsOf(random: Random): readonly TenderKind[] {
  const { works, epc, design, supervision } = tenderKinds;
  const main = random.pick([works, works, works, works, works, works, works, epc, design, supervision]);
  return main.lotClass === works.lotClass && random.chance(0.25) ? [main, supervision] : [main];
}

function projectName(names: Names, works: Works, { region, random }: { readonly region: RegionRow; readonly random: Random }): string {
  const rare = random.chance(0.04);
  return random
    .pick(works.names)
    .replaceAll('{county}', region.name)
    .replaceAll('{street}', random.pick(rare ? names.rareStreets : names.streets))
    .replaceAll('{facility}', random.pick(names.facilities))
    .replaceAll('{water}', random.pick(names.waters));
}

/** Small works are many, large ones few: uniform in the logarithm; whole hundreds of yuan. */
function priceBetween([from, to]: readonly [number, number], random: Random): number {
  return Math.round(Math.exp(Math.log(from) + random.next() * (Math.log(to) - Math.log(from))) / 100) * 10_000;
}

function openingOf(setting: Setting, index: number, random: Random): WallClock {
  // Openings move to a Monday from a weekend, so three days is the nearest that surely lies in the past.
  if (index === 0) return setting.today + random.whole(1, 4) * dayS;
  if (index === 1) return setting.today - random.whole(3, 5) * dayS;
  return setting.today + random.whole(-pastDays, futureDays) * dayS;
}
