/**
 * What a record of a lot says in public: its business codes, whose it is, and the times of the story, in the fields that the
 * law reads them from.
 */
import { type Contract, type Dataset, type SystemRow, creditCodeCheck, readNotation } from '@hub/schema';

import { type Lot, lots } from './lots.ts';
import { type Meaning, hasMeaning, meaningOf } from './meanings.ts';

/** One way in which a lot ended. */
export interface Decision {
  readonly at: number;
  /** The wire field that says how, with its code; none where the dataset knows one end only. */
  readonly told: Readonly<Record<string, string>>;
}

/** One record of a dataset in the story of some lots. */
export interface Telling {
  readonly named: readonly Lot[];
  readonly decision: Decision | undefined;
  /** Which of several records like it. */
  readonly index: number;
}

const firstCompanies = [1, 2, 3].map((number) => `91990000MA000000${number}`);
/** Companies that the register knows. */
export const companies: readonly string[] = firstCompanies.map((first17) => `${first17}${creditCodeCheck(first17) ?? '0'}`);

/** @returns The company that records of these lots name. */
export function companyOf([first]: readonly Lot[]): string {
  return companies[placeOf(first) % companies.length] ?? '';
}

/**
 * @param place - The system's place: codes are its own, and the same in all of its trades.
 * @returns The lots' codes of this meaning; undefined where only a secret can be it.
 */
export function codesOf(meaning: Meaning, named: readonly Lot[], place: number): readonly string[] | undefined {
  const [first] = named;
  const projects = [...new Set(lots.map(({ project }) => project))];
  const root = `E990100${String(place * 100 + projects.indexOf(first?.project ?? '')).padStart(4, '0')}000000`;
  const project = `${root}001`;
  switch (meaning.kind) {
    case 'lot':
      return named.map((lot) => `${project}${String(placeOf(lot)).padStart(3, '0')}`);
    case 'project':
      return [project];
    case 'root':
      return [root];
    case 'company':
      return [companyOf(named)];
    case 'join':
      return meaning.open ? [`${meaning.one}-${place}-${placeOf(first)}`] : undefined;
  }
}

/** @returns A lot's place among all. */
export function placeOf(lot: Lot | undefined): number {
  return lots.findIndex(({ name }) => name === lot?.name);
}

/** @returns The codes that make the system's records originals. */
export function platformOf({ platformCodes: [own] }: SystemRow): Readonly<Record<string, string>> {
  return own === undefined ? {} : { PLATFORM_CODE: own.platform, ...(own.tradePlat === undefined ? {} : { TRADE_PLAT: own.tradePlat }) };
}

/** Whether a contract seals something of its own. */
export function hasSeals({ datasets }: Contract): boolean {
  return datasets.some(({ sealed, fields }) => sealed !== undefined || fields.some((field) => field.sealed !== undefined));
}

/** @returns The records of this dataset in the story of these lots: none, one, or one for each decision. */
export function tellingsOf(dataset: Dataset, named: readonly Lot[]): readonly (Decision | undefined)[] {
  const [lot, second] = named;
  const { deal, sealed } = dataset;
  if (lot === undefined) return [];
  const lists = dataset.fields.some((field) => field.list && meaningOf(dataset, field)?.kind === 'lot');
  if (second !== undefined && hasMeaning(dataset, 'lot') && !lists) return [];
  // Of a lot that nobody tells of there are only bids and what comes with them.
  if (!lot.known && deal !== undefined && sealed === undefined) return [];
  if (deal?.['decidedAt'] === undefined) return [undefined];
  const ways = [
    ...(lot.end === undefined ? [] : [{ at: lot.end.at, told: kindOf(dataset, lot.end.state) }]),
    ...(lot.award === undefined ? [] : [{ at: lot.award, told: kindOf(dataset, 'AWARDED') }]),
  ];
  return second === undefined ? ways.flatMap(({ at, told }) => (told === undefined ? [] : [{ at, told }])) : [];
}

/** How the dataset says that a lot ended so; undefined when it cannot. */
function kindOf({ deal, fields }: Dataset, state: string): Decision['told'] | undefined {
  const pair = [deal?.['states'] ?? []].flat().find((one) => String(one).endsWith(`=${state}`));
  const by = fields.find(({ name }) => name === deal?.['stateBy'])?.wire[0];
  if (pair !== undefined && by !== undefined) return { [by.code]: String(pair).split('=')[0] ?? '' };
  return deal?.['state'] === state ? {} : undefined;
}

/** Whether records of this dataset can speak of a project whose lots they do not name. */
export function speaksOfProject({ deal, fields }: Dataset): boolean {
  const lot = fields.find(({ name }) => name === deal?.['lot']);
  return deal?.['project'] !== undefined && deal['project'] !== deal['lot'] && deal['isLot'] !== true && lot?.list === true;
}

/** @returns Wire values of the times that rule seals, by graph field; absent ones are not told. */
export function timesOf(
  dataset: Dataset,
  { named, decision, index }: Telling,
  contract: readonly Dataset[],
): Readonly<Record<string, string | undefined>> {
  const [lot, second] = named;
  const { deal, key } = dataset;
  const fields = [deal?.['opensAt'] ?? []].flat().map(String);
  const silent =
    lot === undefined || second !== undefined || (lot.byProject === true && contract.some(speaksOfProject) && !speaksOfProject(dataset));
  const [first, last] = silent ? [] : [lot.opens[0], lot.opens.at(-1)];
  // The later opening comes first: it holds because it is later. A record that takes another's place tells it again.
  const alone = index % 2 === 1 && key.length === 0 ? first : last;
  const told = fields.map((name, place): [string, number | undefined] => {
    if (fields.length === 1) return [name, alone];
    return [name, place === 0 ? first : lot?.opens.length === 2 ? last : undefined];
  });
  const decidedAt = String(deal?.['decidedAt'] ?? '');
  return Object.fromEntries(
    [...told, [decidedAt, decision?.at] as const].flatMap(([name, ms]) => {
      const day = lot?.dayOnly === true && name !== decidedAt;
      return name === '' ? [] : [[name, wireTime(ms)?.slice(0, day ? 8 : digitsOf(dataset, name))] as const];
    }),
  );
}

function digitsOf({ fields }: Dataset, name: string): number {
  const notation = readNotation(fields.find((field) => field.name === name)?.wire[0]?.type ?? '');
  return notation?.kind === 'date' ? notation.digits : 14;
}

/** @returns `yyyyMMddHHmmss` in UTC+8. */
export function wireTime(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined;
  return new Date(ms + 8 * 3_600_000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
}
