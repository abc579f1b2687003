/**
 * The invented companies and persons of the province. They do not depend on a system: the same bidders turn up everywhere,
 * so that a company's awards across cities are a question with an answer.
 */
import { citiesOf, cityOf, type Province, type RegionRow } from '@hub/schema';

import { demoCreditCode, demoIdCard } from './codes.ts';
import type { Names } from './names.ts';
import { type Random, randomFrom } from './random.ts';
import { dayS, startOfDay } from './wall-clock.ts';

/** An organisation that may stand as a party. */
export interface Organisation {
  readonly name: string;
  readonly creditCode: string;
  /** City of registration. */
  readonly region: string;
  /** 企业性质, list ENT_NATURE. */
  readonly nature: string;
}

/** A person; the number is fictitious. */
export interface Person {
  readonly name: string;
  readonly idCard: string;
}

/** Trades a bidder may have. */
export type Trade = 'builder' | 'designer' | 'supervisor' | 'agency';

/** Everybody who may take part, province-wide. */
export interface Market {
  readonly trades: Readonly<Record<Trade, readonly Organisation[]>>;
  /** Companies by role: the trades, and the roles that the names bring. */
  readonly companies: ReadonlyMap<string, readonly Organisation[]>;
  readonly experts: readonly Person[];
  /** Those who trade in their own name. */
  readonly persons: readonly Person[];
}

/** How many organisations there are of each trade: about 200 bidders, and their agencies. */
const sizes: Readonly<Record<Trade, number>> = { builder: 126, designer: 44, supervisor: 36, agency: 24 };
const expertCount = 160;
const personCount = 60;
/** Serials of organisation codes: each kind in a range of its own. */
const firstSerial: Readonly<Record<Trade | 'client' | 'body' | 'role', number>> = {
  builder: 10_000,
  designer: 20_000,
  supervisor: 30_000,
  agency: 40_000,
  client: 50_000,
  body: 55_000,
  role: 60_000,
};
/** Serials a role may use. */
const serialsOfRole = 1_000;

/** @returns The market of a province; the same for the same province, names and seed. */
export function marketOf(province: Province, names: Names, seed: string): Market {
  const random = randomFrom(`${seed}/market`);
  const cities = citiesOf(province);
  const organisations = (trade: Trade, lines: readonly string[]): readonly Organisation[] =>
    inventCompanies({ cities, names, random }, { lines, count: sizes[trade], serial: firstSerial[trade] });
  const trades = {
    builder: organisations('builder', names.builderLines),
    designer: organisations('designer', names.designerLines),
    supervisor: organisations('supervisor', names.supervisorLines),
    agency: organisations('agency', names.agencyLines),
  };
  const experts = Array.from({ length: expertCount }, () => inventPerson(province.code, names, random));
  const others = Object.entries(names.roles).map(([role, kind], place): [string, readonly Organisation[]] => {
    const serial = firstSerial.role + place * serialsOfRole;
    return [role, inventCompanies({ cities, names, random: randomFrom(`${seed}/market/${role}`) }, { ...kind, serial })];
  });
  const own = randomFrom(`${seed}/market persons`);
  return {
    trades,
    companies: new Map([...Object.entries(trades), ...others]),
    experts,
    persons: Array.from({ length: personCount }, () => inventPerson(province.code, names, own)),
  };
}

interface Invention {
  readonly cities: readonly RegionRow[];
  readonly names: Names;
  readonly random: Random;
}

function inventCompanies(
  { cities, names, random }: Invention,
  { lines, count, serial }: { readonly lines: readonly string[]; readonly count: number; readonly serial: number },
): readonly Organisation[] {
  return Array.from({ length: count }, (_, index) => {
    const city = cyclic(cities, index);
    const mark = cyclic(names.companyMarks, Math.floor(index / cities.length) * 7 + index);
    return {
      name: `${cityName(city)}${names.example}${mark}${cyclic(lines, index)}`,
      creditCode: demoCreditCode('91', city.code, serial + index),
      region: city.code,
      nature: random.pick(['1', '5', '5', '5', '9']),
    };
  });
}

/** @returns The bodies that let works in a region: a city's own and those of the county the works lie in. */
function clientsOf(province: Province, names: Names, region: RegionRow): readonly Organisation[] {
  return foundBodies({ province, names, region }, names.clients, firstSerial.client);
}

/** @returns The bodies of a region by role; `client` are those that let works. */
export function bodiesOf(province: Province, names: Names, region: RegionRow): ReadonlyMap<string, readonly Organisation[]> {
  let serial = firstSerial.body;
  const found = Object.entries(names.bodies).map(([role, lines]): [string, readonly Organisation[]] => {
    const bodies = foundBodies({ province, names, region }, lines, serial);
    serial += lines.length;
    return [role, bodies];
  });
  return new Map([['client', clientsOf(province, names, region)], ...found]);
}

function foundBodies(
  { province, names, region }: { readonly province: Province; readonly names: Names; readonly region: RegionRow },
  lines: readonly string[],
  serial: number,
): readonly Organisation[] {
  const city = cityOf(province, region.code) ?? region;
  const place = city.code === region.code ? cityName(city) : `${cityName(city)}${region.name}`;
  return lines.map((line, index) => ({
    name: `${place}${names.example}${line}`,
    creditCode: demoCreditCode(line.endsWith('公司') ? '91' : '11', region.code, serial + index),
    region: city.code,
    nature: line.endsWith('公司') ? '1' : '6',
  }));
}

/** @returns Somebody who does not exist. */
export function inventPerson(province: string, names: Names, random: Random): Person {
  const birthday = startOfDay('1961-01-01') + random.whole(0, 34 * 365) * dayS;
  return {
    name: `${random.pick(names.surnames)}${random.pick(names.givenMarks)}`,
    idCard: demoIdCard(province, birthday, random.whole(1, 999)),
  };
}

/** The name as it begins a company's: without the closing «city». */
function cityName(city: RegionRow): string {
  return city.name.replace(/市$/, '');
}

function cyclic<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new RangeError('The province folder has an empty list.');
  return item;
}
