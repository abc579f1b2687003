/**
 * Everything that is planted in one system: records of every dataset of its contracts, for every lot of every story.
 * @see design/graph.md «Who sees what»
 */
import { type CodeLists, type Contract, type Dataset, type SystemRow, type WireRecord, law } from '@hub/schema';

import { planBoard } from './board.ts';
import { type Lot, latest, lots, moments } from './lots.ts';
import { textMark } from './marks.ts';
import { hasMeaning, meaningOf } from './meanings.ts';
import { type Numbering, type Onlooker, numberingOf } from './numbering.ts';
import type { Secret } from './secret.ts';
import {
  type Telling,
  codesOf,
  companies,
  companyOf,
  hasSeals,
  placeOf,
  platformOf,
  speaksOfProject,
  tellingsOf,
  timesOf,
} from './tellings.ts';
import { plantValues } from './values.ts';

/** A record with what in it is secret. */
export interface PlannedRecord {
  readonly record: WireRecord;
  readonly dataset: Dataset;
  readonly secrets: readonly Secret[];
  /** From when the record as a whole may be read, ms since 1970; 0 when nothing seals it. */
  readonly fromMs: number;
}

/** One system to be planted. */
export interface PlanOptions {
  readonly system: SystemRow;
  /** Its place in the province: business codes and marks are its own. */
  readonly place: number;
  readonly codes: CodeLists;
  /** What this caller may not read is otherwise in this world. */
  readonly otherwiseTo?: Onlooker | undefined;
}

/** Lots that some records name together. */
const together = [
  ['plain', 'postponed'],
  ['plain', 'nothing told'],
] as const;

/** @returns All records. */
export function planSystem(options: PlanOptions): readonly PlannedRecord[] {
  const numbering = numberingOf(options.place, options.otherwiseTo);
  const contracts = law().contracts.flatMap(({ contract }) => (options.system.contracts.includes(contract.name) ? [contract] : []));
  const planned = contracts.flatMap((contract) => {
    const { name, datasets } = contract;
    if (name === 'board') return planBoard({ ...options, numbering });
    return [
      ...datasets.flatMap((dataset) =>
        setsOf(contract, dataset).flatMap((set) => planSet(dataset, set, { ...options, numbering, contract })),
      ),
      ...planDecoys(contract, { ...options, numbering }),
    ];
  });
  return planned;
}

/** What records of the dataset are about: each lot, several together, or each project. Where nothing is sealed few will do. */
function setsOf(contract: Contract, dataset: Dataset): readonly (readonly Lot[])[] {
  const sealing = hasSeals(contract);
  const told = sealing ? lots : lots.slice(0, companies.length);
  const ofProject = hasMeaning(dataset, 'project') || hasMeaning(dataset, 'root');
  if (ofProject && !hasMeaning(dataset, 'lot')) return [...Map.groupBy(told, ({ project }) => project).values()];
  const pairs = sealing ? together.map((names) => lots.filter(({ name }) => names.some((other) => other === name))) : [];
  return [...told.map((lot) => [lot]), ...(hasMeaning(dataset, 'lot') ? pairs : [])];
}

/**
 * What another system tells of a lot of the same code, or a trade of this one that seals nothing: it opened and was awarded
 * there, which is nothing to the seals here.
 */
function planDecoys(contract: Contract, { place, ...rest }: PlanOptions & { readonly numbering: Numbering }): readonly PlannedRecord[] {
  const decoys = lots
    .filter(({ name }) => name === 'nothing told')
    .map((lot): Lot => ({ ...lot, opens: [moments.past], award: moments.past, opensMs: moments.past, decidedMs: moments.past }));
  const told = hasSeals(contract) ? place - 1 : place;
  if (told < 0) return [];
  const telling = contract.datasets.filter(
    ({ deal, byCode }) => byCode === undefined && (deal?.['opensAt'] !== undefined || deal?.['decidedAt'] !== undefined),
  );
  return telling.flatMap((dataset) =>
    tellingsOf(dataset, decoys).map((decision) =>
      planRecord(dataset, { named: decoys, decision, index: 9 }, { ...rest, contract, place: told }),
    ),
  );
}

interface SetOptions extends PlanOptions {
  readonly numbering: Numbering;
  readonly contract: Contract;
}

function planSet(dataset: Dataset, named: readonly Lot[], options: SetOptions): readonly PlannedRecord[] {
  const { numbering } = options;
  const fromMs = sealOf(dataset, named);
  // How many records are sealed is a secret too.
  const otherwise = numbering.isOtherwise({ reader: 'PUBLIC', fromMs });
  const places = dataset.sealed === undefined ? [0, 1] : [0, 1, 2];
  return tellingsOf(dataset, named).flatMap((decision) =>
    places.flatMap((index) => {
      const planned = planRecord(dataset, { named, decision, index }, options);
      // The second takes the place of the first where the record's own fields are its key.
      if (index === 0 && dataset.key.length > 0)
        return [{ ...planned, secrets: planned.secrets.map((secret) => ({ ...secret, reader: 'NOBODY' as const })) }];
      const there = dataset.sealed === undefined || (otherwise ? index === 2 || named.length > 1 : index < 2);
      return there ? [planned] : [];
    }),
  );
}

function planRecord(dataset: Dataset, telling: Telling, options: SetOptions): PlannedRecord {
  const { system, place, codes, numbering, contract } = options;
  const { named, decision, index } = telling;
  const fromMs = sealOf(dataset, named);
  const at = named.map(({ name }) => name).join(' + ');
  const ofProject = named.some(({ byProject }) => byProject === true) && speaksOfProject(dataset);
  const lot = placeOf(named[0]);
  const { fields, secrets } = plantValues(dataset, {
    system: system.code,
    codes,
    at,
    codesOf(field, readable) {
      const meaning = meaningOf(dataset, field);
      if (meaning === undefined) return dataset.key.some((code) => field.wire[0]?.code === code) ? [`K-${place}-${lot}`] : undefined;
      if (meaning.kind === 'lot' && ofProject) return [];
      return codesOf(meaning, named, place) ?? numbering.shared((meaning.kind === 'join' ? meaning.one : 0) * lots.length + lot, readable);
    },
    company: companyOf(named),
    told: { ...platformOf(system), ...decision?.told },
    times: timesOf(dataset, telling, contract.datasets),
    // What names no lot stays sealed.
    fromMs: (until) => (ofProject ? Infinity : latest(named, until)),
    // Both ways for records that stand beside each other, and for those that take each other's place.
    joined: (index + (dataset.key.length > 0 ? lot : 0)) % 2 === 1,
    number: (readable) => numbering.next(readable),
  });
  const key = textMark(numbering.next({ reader: 'PUBLIC', fromMs }));
  const keyed = fromMs > 0 || dataset.key.length === 0;
  const ofKey: readonly Secret[] =
    fromMs === 0 ? [] : [{ mark: key, found: 'mark', reader: 'PUBLIC', fromMs, at: `${dataset.type}.id, ${at}, ${system.code}` }];
  return {
    dataset,
    fromMs,
    record: { dataset: dataset.code, dataKey: keyed ? key : undefined, op: 'put', fields },
    secrets: [...secrets, ...ofKey],
  };
}

/** When the record as a whole may be read: 0 when nothing seals it. */
function sealOf(dataset: Dataset, named: readonly Lot[]): number {
  return dataset.sealed === undefined ? 0 : latest(named, dataset.sealed.until);
}
