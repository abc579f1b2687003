/**
 * Companies, bodies and persons as values of variables, and everybody at once for a register: who stands as a party anywhere
 * in the demonstration is here, and nobody else.
 */
import { citiesOf, cityOf, type Province, type RegionRow, regionsIn } from '@hub/schema';

import { orgCodeOf } from '../codes.ts';
import { bodiesOf, type Organisation, type Person } from '../market.ts';
import type { Random } from '../random.ts';
import type { Setting } from '../setting.ts';
import { startOfDay } from '../wall-clock.ts';
import { type Bundle, bundle } from './value.ts';

/** Names under an organisation; `role` and `level` only where everybody is told. */
export const organisationNames = ['name', 'code', 'region', 'city', 'nature', 'organ', 'role', 'level'] as const;
/** Names under a person. */
export const personNames = ['name', 'idCard', 'birth', 'gender'] as const;

/** Role and level, where known. */
interface Standing {
  readonly role: string;
  readonly level: string;
}

export function organisationBundle(province: Province, organisation: Organisation, standing?: Standing): Bundle {
  const { name, creditCode, region, nature } = organisation;
  const city = cityOf(province, region)?.name ?? province.name;
  return bundle({ name, code: creditCode, region, city, nature, organ: orgCodeOf(creditCode), ...standing });
}

export function personBundle({ name, idCard }: Person): Bundle {
  const [year, month, day] = [idCard.slice(6, 10), idCard.slice(10, 12), idCard.slice(12, 14)];
  // GB 11643: the sequence number is odd for men.
  const gender = Number(idCard.charAt(16)) % 2 === 1 ? '1' : '2';
  return bundle({ name, idCard, birth: { at: startOfDay(`${year}-${month}-${day}`) }, gender });
}

/**
 * One of a list, another for each part: parts of one kind never share it while the list lasts.
 * @param random - The same for all parts of the kind.
 */
export function oneFor<T>(list: readonly T[], index: number, random: Random): T | undefined {
  const from = random.whole(0, Math.max(0, list.length - 1));
  const stride = random.pick([1, 7, 11, 13, 17, 19, 23].filter((step) => list.length % step !== 0 || step === 1));
  return list[(from + index * stride) % Math.max(1, list.length)];
}

/** @returns Every organisation of the market, of all places, and who runs the systems; each code once. */
export function everyOrganisation({ province, names, market }: Setting): readonly Bundle[] {
  const told = new Map<string, Bundle>();
  const tell = (organisation: Organisation, standing: Standing): void => {
    if (!told.has(organisation.creditCode)) told.set(organisation.creditCode, organisationBundle(province, organisation, standing));
  };
  for (const [role, list] of market.companies) for (const company of list) tell(company, { role, level: 'company' });
  const places = (region: RegionRow, level: string): void => {
    for (const [role, bodies] of bodiesOf(province, names, region)) for (const body of bodies) tell(body, { role, level });
  };
  for (const city of citiesOf(province)) {
    places(city, 'city');
    for (const county of regionsIn(province, city.code)) places(county, 'county');
  }
  for (const { name, region, platformCodes } of province.systems) {
    for (const { platform } of platformCodes) {
      tell({ name, creditCode: platform, region, nature: '9' }, { role: 'platform', level: 'platform' });
    }
  }
  return [...told.values()];
}
